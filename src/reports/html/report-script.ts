import type { FindingData } from "./finding-data.ts";
import { mountFindings } from "./view.ts";

/** The script of the HTML report: reads the findings that stand in the page, and shows them. */
const root = document.getElementById("findings");
const data = document.getElementById("data")?.textContent;
if (root !== null && data) mountFindings(root, JSON.parse(data) as FindingData);

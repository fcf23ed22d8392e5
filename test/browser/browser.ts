import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page that was opened from disk, and everything that it said and asked for since. */
export interface OpenedPage {
  readonly page: Page;
  /** Addresses asked for, that of the file itself and its worker aside. */
  readonly requests: readonly string[];
  /** What it wrote to the console, and errors. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the system's Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** Opens a file as a double click would. */
export async function openFromDisk(
  browser: Browser,
  path: string,
  options: { readonly colorScheme?: "light" | "dark" } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const address = `file://${path}`;
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("blob:null/")) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  await page.goto(address);
  return { page, requests, complaints, close: () => context.close() };
}

/** Chooses files on the page as a person would, through the dialog of the browser, and waits until it has looked at them. */
export async function chooseFiles(page: Page, files: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByText("choose files").click()]);
  await chooser.setFiles([...files]);
  await page.getByText("looking …").first().waitFor({ state: "detached" });
}

/** Lists what axe finds wrong with the page as it is now. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's policy allows no script but its own.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document).then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" | "))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(String(result.value)) as string[];
}

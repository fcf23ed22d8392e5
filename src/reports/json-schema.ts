import * as z from "zod/mini";
import { analysisDocumentSchema } from "../analysis.ts";

/** Gives the JSON Schema (draft 2020-12) of the document that {@link renderJson} writes. */
export function analysisJsonSchema(): object {
  return { title: "dirsync-preflight analysis", ...z.toJSONSchema(analysisDocumentSchema, { reused: "ref" }) };
}

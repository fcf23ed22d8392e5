import { readdirSync, readFileSync } from "node:fs";
import { formats } from "../../src/formats/index.ts";
import { producers } from "../writing/producers.ts";
import { realProducers } from "./catalogue.ts";

const here = new URL("./", import.meta.url);

/** A file as its producer writes it. */
export interface ProducedSource {
  /** The producer's folder and the file in it. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly grammar: "ldif" | "csv" | "json";
}

/** All files of this folder that are exports. */
export const producedSources: readonly ProducedSource[] = [...producers, ...realProducers].flatMap(({ name, format }) =>
  readdirSync(new URL(`${name}/`, here))
    .filter((file) => !file.endsWith(".inspect.txt"))
    .map((file) => {
      const isLdif = formats.find((candidate) => candidate.name === format)?.grammar === "ldif";
      const grammar = isLdif ? "ldif" : /\.jsonl?$/.test(file) ? "json" : "csv";
      const bytes = Uint8Array.from(readFileSync(new URL(`${name}/${file}`, here)));
      return { path: `${name}/${file}`, bytes, grammar } as const;
    }),
);

import * as z from "zod/mini";

/** Where a record was read. */
export const originSchema = z
  .object({
    name: z.string().check(z.describe("Name of the source, as given.")),
    record: z.int().check(z.minimum(1), z.describe("Number of the record in its source, from 1.")),
    line: z.int().check(z.minimum(1), z.describe("Line on which the record begins, from 1.")),
  })
  .check(z.describe("Where a record was read."));

/** Where a record was read: name of the source, number of the record and line, both from 1. */
export type Origin = Readonly<z.infer<typeof originSchema>>;

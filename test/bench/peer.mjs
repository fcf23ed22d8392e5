/** Runs one peer on files, in a process of its own: peer.mjs NAME FILE… */
import { createReadStream, readFileSync } from "node:fs";

const [, , name, ...paths] = process.argv;

const peers = {
  async "csv-parse"() {
    const { parse } = await import("csv-parse");
    let rows = 0;
    for (const path of paths)
      for await (const _ of createReadStream(path).pipe(parse({ bom: true, relax_quotes: true }))) rows++;
    return rows;
  },
  async papaparse() {
    const { default: papa } = await import("papaparse");
    let rows = 0;
    for (const path of paths) {
      await new Promise((resolve, reject) =>
        papa.parse(createReadStream(path, "utf8"), { step: () => rows++, complete: resolve, error: reject }),
      );
    }
    return rows;
  },
  async udsv() {
    const { inferSchema, initParser } = await import("udsv");
    let rows = 0;
    for (const path of paths) {
      const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 });
      let parser;
      for await (const text of stream) {
        parser ??= initParser(inferSchema(text));
        parser.chunk(text, parser.stringArrs, (found) => {
          rows += found.length;
        });
      }
      parser?.end();
    }
    return rows;
  },
  async ldif() {
    const { default: ldif } = await import("ldif");
    let entries = 0;
    for (const path of paths) entries += ldif.parse(readFileSync(path, "utf8").replaceAll("\r\n", "\n")).entries.length;
    return entries;
  },
  /** Both files read, addresses split, and joined on any of them: how many users change their primary address. */
  async duckdb() {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const [ad, online] = paths;
    const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
    const reader = await connection.runAndReadAll(`
      with ad as (select DN as id, string_split(proxyAddresses, ';') as list from read_csv('${ad}', all_varchar = true, header = true, strict_mode = false)),
      cloud as (select ObjectId as id, string_split(ProxyAddresses, ';') as list from read_csv('${online}', all_varchar = true, header = true, strict_mode = false)),
      a as (select id, list_filter(list, x -> starts_with(x, 'SMTP:'))[1] as main, lower(unnest(list)) as address from ad),
      c as (select id, list_filter(list, x -> starts_with(x, 'SMTP:'))[1] as main, lower(unnest(list)) as address from cloud)
      select count(distinct a.id) as pairs, count(distinct case when lower(a.main) <> lower(c.main) then a.id end) as changes
      from a join c on a.address = c.address where starts_with(a.address, 'smtp:')`);
    return JSON.stringify(reader.getRowsJson());
  },
};

console.log(name, String(await peers[name]()));

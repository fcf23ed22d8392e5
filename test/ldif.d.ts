/** The part of the untyped `ldif` package that the tests use as an oracle. */
declare module "ldif" {
  interface Entry {
    toObject(options: { flatten: boolean }): { dn: string; attributes: Record<string, string[]> };
  }
  const ldif: { parse(text: string): { entries: Entry[] } };
  export default ldif;
}

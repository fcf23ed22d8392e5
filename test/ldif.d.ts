/** The part of the untyped `ldif` package that the tests use as an oracle. */
declare module "ldif" {
  interface Entry {
    readonly dn: string;
    /** Of a change record. */
    readonly changes: readonly {
      readonly type: string;
      readonly attribute: { readonly attribute: string };
      readonly values: readonly { readonly value: string }[];
    }[];
    toObject(options: { flatten: boolean }): { dn: string; attributes: Record<string, string[]> };
  }
  const ldif: { parse(text: string): { entries: Entry[] } };
  export default ldif;
}

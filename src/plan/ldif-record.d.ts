/** The part of the untyped `ldif` package that writes change files. */
declare module "ldif/lib/record.js" {
  interface Value {
    getRawValue(): string;
  }
  interface Printable {
    toLDIF(width?: number): string;
  }
  const record: {
    readonly Attribute: new (name: string) => object;
    readonly Value: new (text: string) => Value;
    readonly Modification: new (type: "add" | "delete", attribute: object, values: readonly Value[]) => Printable;
    readonly Change: new (data: { dn: string; changes: readonly Printable[] }, type: "modify") => Printable;
  };
  export = record;
}

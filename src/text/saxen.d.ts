/** The part of the untyped `saxen` package that reads workbooks. */
declare module "saxen" {
  export class Parser {
    on(event: "openTag", listener: (name: string, attributes: () => Readonly<Record<string, string>>) => void): this;
    on(event: "closeTag", listener: (name: string) => void): this;
    on(event: "text" | "cdata" | "attention", listener: (text: string) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    write(text: string): this;
    end(): void;
  }
}

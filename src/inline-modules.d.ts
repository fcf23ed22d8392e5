/** Files of this project as text in others: made while bundling (inline-modules.config.ts). */
declare module "inline:style" {
  export const content: string;
}
declare module "inline:report-script" {
  export const content: string;
}
declare module "inline:worker-script" {
  export const content: string;
}
declare module "inline:mismatch-pages" {
  export const content: Readonly<Record<string, string>>;
}

declare module "inline:page-options" {
  export const content: typeof import("./web/page-options.ts").pageOptions;
}

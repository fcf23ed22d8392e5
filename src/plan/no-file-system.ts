/** Stands for `fs` where the package ldif is bundled (tsup.config.ts): change records never hold files. */
export {};

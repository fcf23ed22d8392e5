/** Writes an export of so many users; returns its bytes. */
type Write = (path: string, users: number, seed?: number) => number;
export const writeLdif: Write;
export const writeCsvde: Write;
export const writeMsolUsers: Write;

/** What the system says of a file that cannot be read or written; its call and its own name of the file are left out. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const end = "syscall" in cause ? cause.message.indexOf(`, ${cause.syscall}`) : -1;
  return end < 0 ? cause.message : cause.message.slice(0, end);
}

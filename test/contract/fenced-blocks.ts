/** The fenced blocks of a Markdown page whose info string has two words: `ldif on-premises`. */
export function fencedBlocks(page: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  for (const [, , purpose = "", content = ""] of page.matchAll(/^```(\w+) ([\w-]+)\n(.*?)^```$/gms))
    blocks.set(purpose, content);
  return blocks;
}

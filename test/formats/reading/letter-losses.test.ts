import { describe, expect, it } from "vitest";
import { readAll } from "../../reading.ts";

const read = async (...names: readonly string[]) =>
  (
    await readAll(
      `UserPrincipalName,DisplayName,ProxyAddresses\n${names.map((name, index) => `${index}@x.com,${name},SMTP:${index}@x.com\n`).join("")}`,
    )
  ).diagnostics;

describe("letters that were lost before the file came here", () => {
  it("question marks, as ASCII leaves them: an example and the number", async () => {
    expect(await read("Ana", "Bj?rn ?gren", "???", "S?ren")).toMatchObject([
      { code: "question-marks", line: 3, message: expect.stringContaining("“Bj?rn ?gren” and 2 more") },
    ]);
  });

  it.each(["Any questions?", "Who? Me", "Ana"])("%s is a name", async (name) => expect(await read(name)).toEqual([]));

  it("a sign-in name never has one", async () => {
    const { diagnostics } = await readAll("UserPrincipalName,ProxyAddresses\nbj?rn@x.com,SMTP:b@x.com\n");
    expect(diagnostics).toMatchObject([{ code: "question-marks" }]);
  });

  it("UTF-8 that was read as another encoding and saved", async () => {
    expect(await read("BjÃ¶rn Ã…gren", "LarsÅ\u201a")).toMatchObject([
      { code: "double-encoded", line: 2, message: expect.stringContaining("and 1 more") },
    ]);
    expect(await read("Ägir Østergård", "ÃO", "Åse")).toEqual([]);
  });
});

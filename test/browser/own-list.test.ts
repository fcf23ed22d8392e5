import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sheetOf, workbookOf, zipOf } from "../containers.ts";
import { hasBrowser } from "../real-parts.ts";
import { chooseFiles, findBarriers, openFromDisk, startBrowser } from "./browser.ts";

const path = join(fileURLToPath(new URL("../../", import.meta.url)), "dist/preflight.html");
const ad =
  "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nuserPrincipalName: ana@contoso.com\nproxyAddresses: SMTP:ana@contoso.com\nproxyAddresses: smtp:a@contoso.com\n";
const rows = [
  ["Kennung", "Wer", "Erste", "Zweite"],
  ["ana@contoso.com", "Ana Andrade", "a@contoso.com", "ana@contoso.com"],
];

describe.skipIf(!hasBrowser)("the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-own-list-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  it.each([
    ["list.csv", rows.map((row) => row.join(";")).join("\n")],
    ["list.xlsx", workbookOf({ sheets: { Liste: sheetOf(rows) } })],
  ])(
    "asks what the columns of %s are for, and reads it so",
    async (name, content) => {
      const { page, complaints, close } = await openFromDisk(browser, path);
      await chooseFiles(page, [write("ad.ldf", ad), write(name, content)]);
      await page.getByText("cannot be read").waitFor();
      await page.getByRole("button", { name: `Columns of ${name}` }).click();
      const dialog = page.getByRole("dialog");
      expect(await dialog.textContent()).toContain("Ana Andrade");
      expect(await findBarriers(page)).toEqual([]);
      await page.getByLabel("Use of Kennung").selectOption("userPrincipalName");
      await page.getByLabel("Use of Wer").selectOption("displayName");
      await page.getByLabel("Use of Erste").selectOption("primarySmtpAddress");
      await page.getByLabel("Use of Zweite").selectOption("smtpAddresses");
      await page.getByRole("button", { name: "Use these columns" }).click();
      await page.getByText("own-list").waitFor();
      await page.getByLabel(`Side of ${name}`).selectOption("online");
      await page.getByRole("button", { name: "Analyze" }).click();
      await page.locator(".findings").waitFor();
      expect(await page.locator(".findings").textContent()).toContain("a@contoso.com");
      expect(await page.getByRole("status").first().textContent()).toContain("1 matched");
      expect(complaints).toEqual([]);
      await close();
    },
    60_000,
  );

  it("takes an archive with both sides", async () => {
    const { page, complaints, close } = await openFromDisk(browser, path);
    const online =
      "UserPrincipalName,ProxyAddresses,IsLicensed\na@contoso.com,SMTP:a@contoso.com;smtp:ana@contoso.com,True\n";
    await chooseFiles(page, [
      write("exports.zip", zipOf({ "ad.ldf": ad, "users.csv": online, "readme.txt": "Hello." })),
    ]);
    expect(await page.getByLabel("Side of exports.zip").inputValue()).toBe("files");
    await page.getByRole("button", { name: "Inspect exports.zip" }).click();
    expect(await page.getByRole("dialog").textContent()).toContain("exports.zip, users.csv");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    expect(await page.getByRole("status").first().textContent()).toContain("1 matched");
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

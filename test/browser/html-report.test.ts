import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { hasBrowser, inSmall } from "../real-parts.ts";
import { findBarriers, openFromDisk, startBrowser } from "./browser.ts";

describe.skipIf(!hasBrowser)("the HTML report in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-html-"));
  const contoso = join(folder, "contoso.html");
  let browser: Browser;
  let total = 0;

  beforeAll(async () => {
    const analysis = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");
    total = analysis.mismatches.length;
    writeFileSync(contoso, await renderReport(analysis, "html"));
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("lists, filters, sorts and tells details, by keyboard too; asks for nothing, and complains of nothing", async () => {
    const { page, requests, complaints, close } = await openFromDisk(browser, contoso);
    const rows = page.locator(".findings tbody tr:not(.space)");
    const status = page.getByRole("status");
    expect(await rows.count()).toBe(total);
    expect(await status.textContent()).toBe(`${total} of ${total} findings`);

    await page.getByLabel("Kind").selectOption("primary-smtp-change");
    expect(await status.textContent()).toBe(`4 of ${total} findings`);
    await page.getByLabel("Severity").selectOption("error");
    expect(await rows.count()).toBe(3);
    await page.getByRole("searchbox", { name: "Search" }).fill("BRUNO");
    expect(await rows.count()).toBe(1);
    expect(await rows.first().locator("del").textContent()).toBe("runo.");
    await page.getByRole("searchbox", { name: "Search" }).fill("nobody");
    expect(await status.textContent()).toBe("No finding fits the filter.");
    await page.getByRole("button", { name: "Clear filter" }).click();
    expect(await rows.count()).toBe(total);
    await page.getByLabel("Domain").selectOption("contoso.onmicrosoft.com");
    expect(await rows.count()).toBeLessThan(total);
    await page.getByRole("button", { name: "Clear filter" }).press("Enter");

    const who = page.locator("th", { hasText: "who" });
    await who.getByRole("button").click();
    expect(await who.getAttribute("aria-sort")).toBe("ascending");
    const names = await page.locator(".findings .who").allTextContents();
    expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true })));
    await who.getByRole("button").press("Enter");
    expect(await who.getAttribute("aria-sort")).toBe("descending");

    await page.locator(".findings .who", { hasText: "Bruno Costa" }).first().press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("CN=Bruno Costa,OU=Staff,DC=contoso,DC=com");
    await page.keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
    expect([requests, complaints]).toEqual([[], []]);
    await close();
  });

  it.each(["light", "dark"] as const)("axe finds nothing, %s", async (colorScheme) => {
    const { page, close } = await openFromDisk(browser, contoso, { colorScheme });
    await page.locator("details").first().locator("summary").click();
    expect(await findBarriers(page)).toEqual([]);
    await page.locator(".findings .who").first().click();
    expect(await findBarriers(page)).toEqual([]);
    await close();
  });

  it("prints every row", async () => {
    const { page, close } = await openFromDisk(browser, contoso);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".findings tbody tr:not(.space)").count()).toBe(total);
    expect(await page.locator(".filter").isVisible()).toBe(false);
    await close();
  });

  it("draws few of 50,000 rows, and finds one of them by typing", async () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => index);
    const analysis = await analyzeText(
      ldif({ proxyAddresses: "SMTP:x@contoso.com" }),
      online(
        ...numbers.map((number) => ({
          UserPrincipalName: `u${number}@contoso.com`,
          ProxyAddresses: `SMTP:u${number}@contoso.com`,
        })),
      ),
      { kinds: ["unmatched-online"] },
    );
    const path = join(folder, "large.html");
    writeFileSync(path, await renderReport(analysis, "html"));
    const { page, complaints, close } = await openFromDisk(browser, path);
    const rows = page.locator(".findings tbody tr:not(.space)");
    expect(await rows.count()).toBeLessThan(100);
    await page.locator(".scroll").evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await page.locator(".who", { hasText: "u9999@contoso.com" }).waitFor();
    expect(await rows.count()).toBeLessThan(100);
    await page.getByRole("searchbox", { name: "Search" }).fill("u43210@");
    expect(await rows.count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("shows hostile names as they are: none of them acts", async () => {
    const { page, requests, complaints, close } = await openFromDisk(browser, contoso);
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => dialogs.push(dialog.message()));
    const names = hostileStrings.filter((text) => /[<>&'"$`{]/.test(text));
    for (const name of inSmall(5, names)) {
      const path = join(folder, "hostile.html");
      writeFileSync(path, await renderReport(await companyOf(name), "html"));
      await page.goto(`file://${path}`);
      await page.locator(".who").first().click();
      expect(await page.locator("script").count()).toBe(2);
      expect(await page.locator("main img, main iframe, main svg[onload], main style").count()).toBe(0);
    }
    expect([dialogs, complaints, requests.filter((address) => !address.startsWith("file:"))]).toEqual([[], [], []]);
    await close();
  }, 60_000);
});

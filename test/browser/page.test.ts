import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, renderReport } from "../../src/index.ts";
import { pageOptions } from "../../src/web/page-options.ts";
import { hasBrowser, whole } from "../real-parts.ts";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";
import { chooseFiles, findBarriers, openFromDisk, startBrowser } from "./browser.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const path = join(root, "dist/preflight.html");
const exports = ["ad.ldf", "msolusers.csv"].map((name) => join(root, "examples/contoso", name));

describe.skipIf(!hasBrowser)("the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-page-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function download(page: Page, name: string): Promise<Buffer> {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name, exact: true }).click(),
    ]);
    return readFileSync(await file.path());
  }

  it("forbids every connection", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(path, "utf8"))?.[1];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; worker-src blob:; base-uri 'none'; form-action 'none'$/,
    );
  });

  it("takes exports, tells what they are, analyzes them, and gives every format and the plan: without a request", async () => {
    const { page, requests, complaints, close } = await openFromDisk(browser, path);
    await chooseFiles(page, exports);
    expect(await page.getByLabel("Side of ad.ldf").inputValue()).toBe("onPremises");
    expect(await page.getByLabel("Side of msolusers.csv").inputValue()).toBe("online");
    await page.getByRole("button", { name: "Inspect msolusers.csv" }).click();
    expect(await page.getByRole("dialog").textContent()).toContain("msol-user");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    expect(await page.getByRole("status").first().textContent()).toBe("42 people on-premises, 41 online, 38 matched.");
    await page.getByLabel("Kind").selectOption("primary-smtp-change");
    expect(await page.locator(".findings tbody tr:not(.space)").count()).toBe(4);

    // The same reports as the library writes, byte for byte.
    const sources = exports.map((file, index) => ({
      name: ["ad.ldf", "msolusers.csv"][index] ?? "",
      data: readFileSync(file),
    }));
    const analysis = await analyze({
      onPremises: sources.slice(0, 1),
      online: sources.slice(1),
      sourceAnchor: "objectGUID",
    });
    for (const [name, format] of [
      ["Text", "text"],
      ["JSON", "json"],
      ["NDJSON", "ndjson"],
      ["CSV", "csv"],
      ["Markdown", "markdown"],
    ] as const) {
      expect((await download(page, name)).toString()).toBe(renderReport(analysis, format));
    }
    expect((await download(page, "Excel")).equals(Buffer.from(await renderReport(analysis, "xlsx")))).toBe(true);
    expect((await download(page, "HTML")).toString()).toContain("Content-Security-Policy");

    const plan = unzipSync(await download(page, "Download the plan"));
    expect(Object.keys(plan)).toContain("change-ad.ldf");
    expect(strFromU8(plan["plan.md"] ?? new Uint8Array())).toContain("# Plan");

    await page.getByLabel("with pseudonyms").check();
    expect((await download(page, "CSV")).toString()).not.toMatch(/bruno|contoso/i);
    expect([requests, complaints]).toEqual([[], []]);
    await close();
  }, 60_000);

  it.each(["light", "dark"] as const)(
    "axe finds nothing: empty, with files, with a report, %s",
    async (colorScheme) => {
      const { page, close } = await openFromDisk(browser, path, { colorScheme });
      expect(await findBarriers(page)).toEqual([]);
      await chooseFiles(page, exports);
      expect(await findBarriers(page)).toEqual([]);
      await page.getByRole("button", { name: "Analyze" }).click();
      await page.locator(".findings").waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await close();
    },
    60_000,
  );

  it("offers the options that their rows offer, with what holds without them chosen", async () => {
    const { page, close } = await openFromDisk(browser, path);
    await chooseFiles(page, exports);
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    for (const { label, values } of [...pageOptions.analysis, ...pageOptions.plan]) {
      const select = page.locator("label", { hasText: label }).getByRole("combobox");
      expect(await select.inputValue()).toBe(values[0]);
      expect(await select.locator("option").evaluateAll((all) => all.map((one) => one.getAttribute("value")))).toEqual(
        values,
      );
    }
    await page.getByLabel("Source anchor").selectOption("mS-DS-ConsistencyGuid");
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator("#report dd", { hasText: "mS-DS-ConsistencyGuid" }).waitFor();
    await close();
  }, 60_000);

  it("takes files that are dropped on it", async () => {
    const { page, close } = await openFromDisk(browser, path);
    const dropped = await page.evaluateHandle(
      (texts) => {
        const transfer = new DataTransfer();
        for (const [name, text] of texts) transfer.items.add(new File([text], name));
        return transfer;
      },
      exports.map((file) => [file.split("/").at(-1) ?? "", readFileSync(file, "utf8")] as [string, string]),
    );
    await page.locator(".drop").dispatchEvent("drop", { dataTransfer: dropped });
    await page.getByText("msol-user", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    await close();
  });

  it("checks one side alone, and says which side is missing", async () => {
    const { page, complaints, close } = await openFromDisk(browser, path);
    await chooseFiles(page, [exports[0] ?? ""]);
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    expect(await page.getByRole("status").first().textContent()).toBe("42 people on-premises.");
    expect(await page.locator(".verdict").textContent()).toContain("No counterpart was given (an online export)");
    const alone = await analyze({ onPremises: [{ name: "ad.ldf", data: readFileSync(exports[0] ?? "", "utf8") }] });
    expect((await download(page, "JSON")).toString()).toBe(await renderReport(alone, "json"));
    expect(complaints).toEqual([]);
    await close();
  });

  it("says what is wrong with a file and what to do, and goes on", async () => {
    const { page, complaints, close } = await openFromDisk(browser, path);
    const workbook = join(root, "test/conformance/mistaken/workbook-renamed.csv");
    await chooseFiles(page, [workbook]);
    await page.getByText("cannot be read").waitFor();
    await page.getByRole("button", { name: "Inspect workbook-renamed.csv" }).click();
    expect(await page.getByRole("dialog").textContent()).toContain("archive");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Analyze" }).click();
    expect(await page.getByRole("status").first().textContent()).toBe("Choose a file, and say which side it is of.");
    await page.getByLabel("Side of workbook-renamed.csv").selectOption("online");
    await chooseFiles(page, [exports[0] ?? ""]);
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.getByRole("alert").locator("p").waitFor();
    await page.getByRole("button", { name: "Remove workbook-renamed.csv" }).click();
    await chooseFiles(page, [exports[1] ?? ""]);
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  const users = whole ? 200_000 : 50_000;
  it(`analyzes ${users} users without freezing, and stops when asked to`, async () => {
    const [ad, cloud] = [join(folder, "ad.ldf"), join(folder, "users.csv")];
    writeLargeLdif(ad, { users });
    writeLargeMsolUsers(cloud, { users });
    const { page, complaints, close } = await openFromDisk(browser, path);
    await chooseFiles(page, [ad, cloud]);
    // While the worker works, the page answers: the longest time between two frames of animation is told by the page itself.
    await page.evaluate(() => {
      const state = globalThis as unknown as { longest: number };
      state.longest = 0;
      let last = performance.now();
      const tick = () => {
        const now = performance.now();
        state.longest = Math.max(state.longest, now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    // In its longest step the worker hears nothing: Cancel has to end it from outside.
    await page.evaluate(() => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector("[role=status]")?.textContent?.startsWith("Matching")) return;
        observer.disconnect();
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel")?.click();
      });
      observer.observe(document.body, { subtree: true, childList: true });
    });
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.getByText("Cancelled.").waitFor();
    expect(await page.locator("progress").isVisible()).toBe(false);
    await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBe(1);
    await page.getByRole("button", { name: "Analyze" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: `${users.toLocaleString("en")} matched` })
      .waitFor({ timeout: 150_000 });
    const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
    // A whole analysis takes many seconds here: had the page done it, it would have stood still as long.
    expect(longest).toBeLessThan(3000);
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);
});

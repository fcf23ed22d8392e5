import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../real-parts.ts";
import { chooseFiles, openFromDisk, startBrowser } from "./browser.ts";
import { type HeldAnswers, holdAnswers } from "./held-answers.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const exports = ["ad.ldf", "msolusers.csv"].map((name) => join(root, "examples/contoso", name));
const other = join(root, "test/conformance/ldapsearch/plain.ldif");

/** The machine may be busy: what is waited for comes, or never does. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 30_000 });

describe.skipIf(!hasBrowser)("the page shows what was found in these files, with these settings, or nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-runs-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  interface Opened {
    readonly page: Page;
    readonly answers: HeldAnswers;
  }

  async function withPage(use: (opened: Opened) => Promise<void>): Promise<void> {
    const { page, complaints, close } = await openFromDisk(browser, join(root, "dist/preflight.html"));
    const downloads: string[] = [];
    page.on("download", (download) => downloads.push(download.suggestedFilename()));
    const answers = await holdAnswers(page);
    await chooseFiles(page, exports);
    await use({ page, answers });
    expect([complaints, downloads]).toEqual([[], []]);
    await close();
  }

  async function analyze(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.locator(".findings").waitFor();
  }

  const status = (page: Page) => page.getByRole("status").first().textContent();

  /** Only the worker that looks at files is left, and nothing is shown of any analysis. */
  async function expectNothing({ page, answers }: Opened): Promise<void> {
    await answers.release();
    expect(await page.locator("#report").innerHTML()).toBe("");
    expect(await page.getByRole("button", { name: "CSV", exact: true }).isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Download the plan" }).isVisible()).toBe(false);
    expect(await page.getByRole("alert").textContent()).toBe("");
    await eventually(() => page.workers().length).toBe(1);
  }

  it("takes away what was found, and the downloads, when a file comes or goes or its side changes", async () => {
    await withPage(async (opened) => {
      const { page } = opened;
      const changes = [
        () => chooseFiles(page, [other]),
        () => page.getByLabel("Side of plain.ldif").selectOption(""),
        () => page.getByRole("button", { name: "Remove plain.ldif" }).click(),
      ];
      for (const change of changes) {
        await analyze(page);
        await change();
        expect(await status(page)).toBe("The files or the settings have changed since: analyze again.");
        await expectNothing(opened);
      }
    });
  });

  it("takes away what was found when a setting changes, whichever", async () => {
    await withPage(async (opened) => {
      const { page } = opened;
      const selects = page.getByRole("region", { name: "Settings" }).getByRole("combobox");
      const names = await selects.evaluateAll((elements) => elements.map(({ id }) => id));
      expect(names).not.toEqual([]);
      for (const name of names) {
        await analyze(page);
        await page.locator(`#${name}`).selectOption({ index: 1 });
        expect(await status(page)).toBe("The files or the settings have changed since: analyze again.");
        await expectNothing(opened);
      }
    });
  });

  it("stops an analysis whose files change, and shows none of it when it arrives late", async () => {
    await withPage(async (opened) => {
      const { page, answers } = opened;
      await answers.hold("analyzed");
      await page.getByRole("button", { name: "Analyze" }).click();
      await eventually(() => answers.count("analyzed")).toBe(1);
      await page.getByLabel("Side of msolusers.csv").selectOption("baseline");
      await expectNothing(opened);
      await page.getByLabel("Side of msolusers.csv").selectOption("online");
      await page.getByLabel("Service").selectOption("entra-connect");
      await analyze(page);
      const shown = await page.locator("#report").innerHTML();
      await answers.release();
      expect(await page.locator("#report").innerHTML()).toBe(shown);
    });
  });

  it("ends an analysis whose answer is still to come on Cancel, whatever the worker does", async () => {
    await withPage(async (opened) => {
      const { page, answers } = opened;
      for (const type of ["progress", "analyzed"]) {
        await answers.hold(type);
        await answers.hold("analyzed");
        const before = await answers.count(type);
        await page.getByRole("button", { name: "Analyze" }).click();
        await eventually(() => answers.count(type)).toBeGreaterThan(before);
        await page.getByRole("button", { name: "Cancel" }).click();
        expect(await status(page)).toBe("Cancelled.");
        await expectNothing(opened);
      }
      await analyze(page);
    });
  });

  it("ends a download on Cancel, and leaves what was found to be read", async () => {
    await withPage(async ({ page, answers }) => {
      for (const name of ["Excel", "Download the plan"]) {
        await analyze(page);
        await answers.hold("file");
        const before = await answers.count("file");
        await page.getByRole("button", { name, exact: true }).click();
        expect(await status(page)).toBe("Making the file …");
        await eventually(() => answers.count("file")).toBeGreaterThan(before);
        await page.getByRole("button", { name: "Cancel" }).click();
        await answers.release();
        expect(await status(page)).toBe("Cancelled. Analyze again to download.");
        expect(await page.locator(".findings").isVisible()).toBe(true);
        expect(await page.getByRole("button", { name, exact: true }).isVisible()).toBe(false);
      }
    });
  });

  it("tells that a file is no longer as it was chosen, and forgets the error with the file", async () => {
    await withPage(async (opened) => {
      const { page } = opened;
      const copy = join(folder, "copy.ldf");
      copyFileSync(other, copy);
      await chooseFiles(page, [copy]);
      appendFileSync(copy, "\n");
      await page.getByRole("button", { name: "Analyze" }).click();
      await page.getByRole("alert").getByText("copy.ldf: the file cannot be read: it was changed").waitFor();
      await page.getByRole("button", { name: "Remove copy.ldf" }).click();
      await expectNothing(opened);
      expect(await status(page)).toBe("The files or the settings have changed since: analyze again.");
    });
  });

  it("prints the table that is shown, and holds no earlier one", async () => {
    await withPage(async ({ page }) => {
      for (const service of ["entra-connect", "dirsync-v2"]) {
        await page.getByLabel("Service").selectOption(service);
        await analyze(page);
      }
      const session = await page.context().newCDPSession(page);
      const { result } = await session.send("Runtime.evaluate", { expression: "window" });
      const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
      expect(listeners.filter(({ type }) => type === "beforeprint")).toHaveLength(1);
    });
  });
});

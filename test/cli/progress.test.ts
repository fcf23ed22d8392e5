import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { describeProgress, sumProgress } from "../../src/cli/progress.ts";

const half = { source: "ad.ldf", bytesRead: 32_000_000, bytesTotal: 64_000_000, users: 123_456 };

describe("the progress of a file", () => {
  it("is a bar, bytes, people and rate", () => {
    expect(describeProgress(half, 2)).toBe(
      "ad.ldf                   ██████████░░░░░░░░░░  50 %  32.0 of 64.0 MB  123,456 people  16 MB/s",
    );
  });

  it("has no bar where the size is not known", () => {
    expect(describeProgress({ ...half, bytesTotal: undefined }, 0)).toBe(
      "ad.ldf                   32.0 MB  123,456 people",
    );
  });

  it("never passes its end, and keeps its columns for names of any length", () => {
    const line = describeProgress({ ...half, source: "山".repeat(40), bytesRead: 70_000_000 }, 1);
    expect(line).toContain("100 %");
    expect(stringWidth(line.slice(0, line.indexOf("█")))).toBe(25);
  });

  it("shows what would act on a terminal", () => {
    expect(describeProgress({ ...half, source: "\u001b[2J" }, 1)).not.toContain("\u001b");
  });

  it("of several files read at once is their sum, without a bar where a size is not known", () => {
    const other = { source: "users.csv", bytesRead: 8_000_000, bytesTotal: 16_000_000, users: 77 };
    expect(sumProgress([half])).toBe(half);
    expect(sumProgress([half, other])).toEqual({
      source: "2 files",
      bytesRead: 40_000_000,
      bytesTotal: 80_000_000,
      users: 123_533,
    });
    expect(sumProgress([half, { ...other, bytesTotal: undefined }]).bytesTotal).toBeUndefined();
  });
});

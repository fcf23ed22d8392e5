/** How Excel shows numbers: as numbers, as dates, or with zeros before them. */

/** A format of numbers: a date with a day, a time, or so many digits at least. */
export type CellFormat = { readonly type: "date" | "time" } | { readonly type: "digits"; readonly count: number };

/** The dates and times among the formats that Excel has by itself (ECMA-376 part 1, 18.8.30), those of East Asia too. */
export function formatOfNumber(id: number, code: string | undefined): CellFormat | undefined {
  if (code !== undefined) return formatOfCode(code);
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) {
    return { type: "date" };
  }
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? { type: "time" } : undefined;
}

function formatOfCode(code: string): CellFormat | undefined {
  // What is quoted, a colour, a language or a condition shows nothing of the number.
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[[^[\]]{0,80}\]/g, (part) => (/^\[[hms]{1,8}\]$/i.test(part) ? part : ""))
    .split(";", 1)[0]
    ?.toLowerCase();
  if (bare === undefined || bare === "general") return undefined;
  if (/^0{2,20}$/.test(bare)) return { type: "digits", count: bare.length };
  if (/[yd]|m{3}/.test(bare)) return { type: "date" };
  return /[hs]/.test(bare) ? { type: "time" } : undefined;
}

const DAY = 86_400_000;
/** The day 0 of a workbook, as milliseconds; Excel takes 1900 for a leap year, so days before March 1900 are one later. */
const EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** The last day that Excel knows, in the year 9999. */
const LAST_DAY = 2_958_466;

/** Writes a number as Excel shows it; dates as ISO 8601, which can be read in one way only. */
export function showNumber(text: string, format: CellFormat | undefined, from1904: boolean): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  if (format?.type === "digits") return plainNumber(Math.round(value)).padStart(format.count, "0");
  if (format === undefined || value < 0 || value >= LAST_DAY) return plainNumber(value);
  const time = Math.round(((value % 1) * DAY) / 1000) * 1000;
  const day = Math.floor(value) + (!from1904 && value < 60 ? 1 : 0);
  const shown = new Date((from1904 ? EPOCH_1904 : EPOCH) + day * DAY + time).toISOString();
  if (format.type === "time" && day <= 1) return shown.slice(11, 19);
  return time === 0 ? shown.slice(0, 10) : shown.slice(0, 19);
}

/** Excel keeps fifteen digits. */
function plainNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
}

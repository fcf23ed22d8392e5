/** Letters that do not come apart into a letter and a mark, and how they are written without them. */
export const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["ẞ", "SS"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ø", "o"],
  ["Ø", "O"],
  ["ł", "l"],
  ["Ł", "L"],
  ["đ", "d"],
  ["Đ", "D"],
  ["ð", "d"],
  ["Ð", "D"],
  ["þ", "th"],
  ["Þ", "TH"],
  ["ħ", "h"],
  ["Ħ", "H"],
  ["ŧ", "t"],
  ["Ŧ", "T"],
  ["ŋ", "n"],
  ["Ŋ", "N"],
  ["ı", "i"],
  ["ĸ", "k"],
]);

/** Typographic apostrophes and dashes, and the plain ones that are meant. */
export const PLAIN_PUNCTUATION: ReadonlyMap<string, string> = new Map([
  ..."\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4".split("").map((mark) => [mark, "'"] as const),
  ..."\u2010\u2011\u2012\u2013\u2014\u2015\u2212".split("").map((mark) => [mark, "-"] as const),
]);

/** Cyrillic and Greek letters that look like Latin ones, each in front of the one that it looks like. */
const PAIRS =
  // Cyrillic
  "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS " +
  // Greek
  "αa οo ρp νv υu ιi κk ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX";

/** Letters of other scripts that look like Latin ones. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  PAIRS.split(" ").map((pair) => [pair[0] ?? "", pair[1] ?? ""] as const),
);

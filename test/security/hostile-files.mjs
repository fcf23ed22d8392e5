/**
 * Files of strangers that would fill the memory or take for ever, written piece by piece: each a side, and what comes before,
 * again and again, and after. `scale` 1 is the size that is promised.
 */
const MEGABYTE = 1024 * 1024;

export const goodRecord = (name) =>
  `dn: CN=${name},DC=contoso,DC=com\nobjectClass: user\nuserPrincipalName: ${name}@contoso.com\nproxyAddresses: SMTP:${name}@contoso.com\n\n`;
export const goodRow = (name) => `${name}@contoso.com,SMTP:${name}@contoso.com\n`;

const HEADER = "UserPrincipalName,ProxyAddresses\n";
const jsonUser = '[{"userPrincipalName":"ana@contoso.com","proxyAddresses":["SMTP:ana@contoso.com"]}';
const bad = "dn: CN=bad,DC=contoso,DC=com\nobjectClass: user\n";

/** `users` is how many users are read; `faults` are diagnostics that must be told, each with its line. */
export const hostileFiles = {
  "LDIF: a value of 2 GB in one line": ldif(`${bad}displayName: `, "a".repeat(MEGABYTE), 2048, {
    users: 3,
    faults: ["ldif-value-too-long 8"],
  }),
  "LDIF: a dn of 2 GB": ldif("dn: CN=", "a".repeat(MEGABYTE), 2048, { users: 2, faults: ["ldif-value-too-long 6"] }),
  "LDIF: a value folded ten million times": ldif(`${bad}displayName: x\n`, " y\n", 10_000_000, {
    users: 3,
    faults: [],
  }),
  "LDIF: a value that nobody needs, folded ten million times": ldif(
    `${bad}thumbnailPhoto:: \n`,
    " yyyy\n",
    10_000_000,
    {
      users: 3,
      faults: [],
    },
  ),
  "LDIF: ten million records without a name": ldif("", "dn: \n\n", 10_000_000, { users: 2, faults: [] }),
  "LDIF: a hundred million blank lines": ldif("", "\n", 100_000_000, { users: 2, faults: [] }),
  "LDIF: a record of ten million addresses": ldif(bad, "proxyAddresses: smtp:a@b.c\n", 10_000_000, {
    users: 2,
    faults: ["ldif-record-too-long 6"],
  }),
  "LDIF: a block of ten million lines without a dn": ldif("", "cn: x\n", 10_000_000, {
    users: 2,
    faults: ["ldif-no-dn 6"],
  }),
  "LDIF: ten million lines that are none": ldif(bad, "what\n", 10_000_000, { users: 3, faults: ["ldif-no-colon 8"] }),
  "CSV: a line of 2 GB": csv("", "a".repeat(MEGABYTE), 2048, { users: 2, faults: ["csv-record-too-long 3"] }),
  "CSV: a quotation of 2 GB": csv('"', "a".repeat(MEGABYTE), 2048, { users: 2, faults: ["csv-record-too-long 3"] }),
  "CSV: a row of ten million cells": csv("b@contoso.com", ",x", 10_000_000, {
    users: 2,
    faults: ["csv-record-too-long 3"],
  }),
  "CSV: ten million empty rows": csv("", ",\n", 10_000_000, { users: 2, faults: [] }),
  "CSV: ten million blank lines": csv("", "\n", 10_000_000, { users: 2, faults: [] }),
  "CSV: ten million addresses in a cell": csv("b@contoso.com,", "smtp:a@b.c;", 10_000_000, {
    users: 2,
    faults: ["csv-record-too-long 3"],
  }),
  "CSV: ten million lines whose quotation is wrong": csv("", '"""x\n', 10_000_000, {
    users: 2,
    faults: ["csv-invalid-closing-quote 3"],
  }),
  "CSV: ten million columns": {
    side: "online",
    before: HEADER.trimEnd(),
    again: ",column",
    times: 10_000_000,
    after: `\n${goodRow("ana")}`,
    users: 1,
    faults: ["csv-record-too-long 1"],
  },
  "JSON: ten million brackets": json(',{"a":', "[", 10_000_000, "", { users: 1, faults: ["json-truncated 1"] }),
  "JSON: a text of 2 GB": json(',{"a":"', "a".repeat(MEGABYTE), 2048, '"}]', {
    users: 1,
    faults: ["json-record-too-long 1"],
  }),
  "JSON: a million empty objects": json("", ",{}", 1_000_000, "]", {
    users: 1,
    faults: ["no-user-principal-name 1"],
  }),
};

function ldif(begin, again, times, expected) {
  return {
    side: "onPremises",
    before: goodRecord("ana") + begin,
    again,
    times,
    after: `\n\n${goodRecord("last")}`,
    ...expected,
  };
}

function csv(begin, again, times, expected) {
  return {
    side: "online",
    before: HEADER + goodRow("ana") + begin,
    again,
    times,
    after: `\n${goodRow("last")}`,
    ...expected,
  };
}

function json(begin, again, times, end, expected) {
  return { side: "online", before: jsonUser + begin, again, times, after: end, ...expected };
}

/** Gives a file in pieces of about a megabyte. */
export function* piecesOf({ before, again, times, after }, scale) {
  const count = Math.ceil(times * scale);
  const perPiece = Math.max(1, Math.floor(MEGABYTE / again.length));
  const piece = Buffer.from(again.repeat(Math.min(count, perPiece)));
  yield Buffer.from(before);
  let left = count;
  for (; left >= perPiece; left -= perPiece) yield piece;
  yield Buffer.from(again.repeat(left) + after);
}

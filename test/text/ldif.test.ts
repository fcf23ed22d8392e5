import fc from "fast-check";
import ldifOracle from "ldif";
import { describe, expect, it } from "vitest";
import { LdifReader } from "../../src/text/ldif.ts";
import type { LdifReaderOptions } from "../../src/text/ldif-record.ts";
import { times } from "../real-parts.ts";
import { writeLdif } from "../writing/active-directory.ts";

const encoder = new TextEncoder();

/** Reads LDIF given as text or bytes, in chunks of a size; shows records as text and faults as `line code detail`. */
function read(input: string | Uint8Array, chunkSize = Number.POSITIVE_INFINITY, options: LdifReaderOptions = {}) {
  const bytes = typeof input === "string" ? encoder.encode(input) : input;
  const reader = new LdifReader(options);
  const items = [];
  for (let at = 0; at < bytes.length; at += chunkSize) items.push(...reader.read(bytes.subarray(at, at + chunkSize)));
  items.push(...reader.end());
  const text = (value: Uint8Array) => new TextDecoder().decode(value);
  const records = items.flatMap((item) =>
    item.type === "record"
      ? [
          {
            dn: text(item.dn),
            line: item.line,
            attributes: item.attributes.map(({ name, options, value }) => [[name, ...options].join(";"), text(value)]),
          },
        ]
      : [],
  );
  const faults = items.flatMap((item) =>
    item.type === "fault"
      ? [[item.line, item.code, ...(item.detail === undefined ? [] : [item.detail])].join(" ")]
      : [],
  );
  return { records, faults };
}

const good: readonly (readonly [rule: string, ldif: string, attributes: readonly (readonly string[])[]])[] = [
  ["RFC 2849 attrval-spec: one space after the colon", "dn: cn=a\nmail: a@b\n\n", [["mail", "a@b"]]],
  ["RFC 2849 FILL: any number of spaces after the colon", "dn: cn=a\nmail:    a@b\n\n", [["mail", "a@b"]]],
  ["RFC 2849 FILL: no space after the colon (ldifde)", "dn: cn=a\nmail:a@b\n\n", [["mail", "a@b"]]],
  ["RFC 2849 attrval-spec: a value without any character", "dn: cn=a\nmail:\n\n", [["mail", ""]]],
  ["RFC 2849 SAFE-STRING: a colon and `<` inside a value", "dn: cn=a\nx: a:<b: c\n\n", [["x", "a:<b: c"]]],
  ["RFC 2849 note 2: a fold is a line end and one space", "dn: cn=a\nmail: a@\n b\n\n", [["mail", "a@b"]]],
  ["RFC 2849 note 2: only one space belongs to the fold", "dn: cn=a\nx: a\n  b\n\n", [["x", "a b"]]],
  ["ldifde: a fold before the first character", "dn: cn=a\nx: \n cn=b\n\n", [["x", "cn=b"]]],
  ["a tab may stand for the space of a fold", "dn: cn=a\nmail: a@\n\tb\n\n", [["mail", "a@b"]]],
  ["RFC 2849 base64: two colons", "dn: cn=a\nmail:: YUBi\n\n", [["mail", "a@b"]]],
  ["RFC 2849 base64: without a space", "dn: cn=a\nmail::YUBi\n\n", [["mail", "a@b"]]],
  ["RFC 2849 base64: an empty value", "dn: cn=a\nmail:: \n\n", [["mail", ""]]],
  ["RFC 2849 base64: folded inside a group of four", "dn: cn=a\nmail:: YU\n Bi\n\n", [["mail", "a@b"]]],
  [
    "RFC 2849 base64: plain and base64 values of one attribute",
    "dn: cn=a\nx: 1\nx:: Mg==\n\n",
    [
      ["x", "1"],
      ["x", "2"],
    ],
  ],
  [
    "RFC 2849 note 5: line ends are CR LF or LF",
    "dn: cn=a\r\nmail: a\nx: b\r\n\r\n",
    [
      ["mail", "a"],
      ["x", "b"],
    ],
  ],
  ["RFC 2849 comment between attributes", "dn: cn=a\n# c\nmail: a\n\n", [["mail", "a"]]],
  [
    "RFC 2849 comment: folds continue the comment",
    "dn: cn=a\nmail: a\n# c\n mail: b\nx: 1\n\n",
    [
      ["mail", "a"],
      ["x", "1"],
    ],
  ],
  ["RFC 2849 AttributeDescription: options", "dn: cn=a\ntitle;lang-en;x: a\n\n", [["title;lang-en;x", "a"]]],
  ["win32 attribute-range-retrieval: an option with = and *", "dn: cn=a\np;range=0-*: a\n\n", [["p;range=0-*", "a"]]],
  ["RFC 4512 numericoid as a name", "dn: cn=a\n2.5.4.3: a\n\n", [["2.5.4.3", "a"]]],
  ["OpenLDAP: spaces before the colon", "dn : cn=a\nmail : a\n\n", [["mail", "a"]]],
  ["names keep their spelling", "DN: cn=a\nMAIL: a\n\n", [["MAIL", "a"]]],
  [
    "RFC 2849 ldif-file: version, then a record without a blank line",
    "version: 1\ndn: cn=a\nmail: a\n\n",
    [["mail", "a"]],
  ],
  ["RFC 2849 ldif-file: several blank lines", "\n\nversion: 1\n\n\ndn: cn=a\nmail: a\n\n\n", [["mail", "a"]]],
  ["ldif-scripts.md: a line of one space separates records", "dn: cn=a\nmail: a\n \n", [["mail", "a"]]],
  ["ldifde: changetype add is an export", "dn: cn=a\nchangetype: add\nmail: a\n\n", [["mail", "a"]]],
  ["ldif-scripts.md: changetype ntdsSchemaAdd", "dn: cn=a\nchangetype: ntdsSchemaAdd\nmail: a\n\n", [["mail", "a"]]],
  [
    "elfie: a stray - between attributes",
    "dn: cn=a\nmail: a\n-\nx: b\n\n",
    [
      ["mail", "a"],
      ["x", "b"],
    ],
  ],
  [
    "RFC 2849 control lines are no attributes",
    "dn: cn=a\ncontrol: 1.2.3 true\nchangetype: add\nx: 1\n\n",
    [["x", "1"]],
  ],
  ["a value keeps its trailing space", "dn: cn=a\nou: b \n\n", [["ou", "b "]]],
  ["CR CR LF ends one line", "dn: cn=a\r\r\nmail: a\r\r\n\r\r\n", [["mail", "a"]]],
  [
    "a CR alone ends a line",
    "dn: cn=a\nmail: a\rx: b\r\r",
    [
      ["mail", "a"],
      ["x", "b"],
    ],
  ],
  ["a fold behind the colon, and a space of the value's own", "dn: cn=a\nmail:\n  a\n\n", [["mail", "a"]]],
  ["a fold between the colons of base64", "dn: cn=a\nmail:\n : YUBi\n\n", [["mail", "a@b"]]],
  ["a fold behind the colons of base64", "dn: cn=a\nmail::\n  YUBi\n\n", [["mail", "a@b"]]],
  ["a fold in a name", "dn: cn=a\nma\n il: a\n\n", [["mail", "a"]]],
  ["a fold behind a name", "dn: cn=a\nmail\n : a\n\n", [["mail", "a"]]],
  ["a fold in a name and in the dn's", "d\n n: cn=a\nm\n a\n il: \n a\n\n", [["mail", "a"]]],
  ["a byte order mark where files were joined", "\ufeffversion: 1\n\n\ufeffdn: cn=a\nmail: a\n\n", [["mail", "a"]]],
  ["a Ctrl-Z at the end", "dn: cn=a\nmail: a\n\n\u001a", [["mail", "a"]]],
  ["a Ctrl-Z behind the last line", "dn: cn=a\nmail: a\u001a", [["mail", "a"]]],
  ["several on a line, and blank lines", "dn: cn=a\nmail: a\n\n\u001a\u001a\n\n", [["mail", "a"]]],
  [
    "messages and prompts before the records",
    "$ ldapsearch -W -b dc=contoso,dc=com\nEnter LDAP Password: \nSASL/GSSAPI authentication started\nSASL username: a@CONTOSO\n" +
      'WARNING: The "syslog" option is deprecated\nC:\\>ldifde -f con\nConnecting to "dc"\nSearching for entries...\ndn: cn=a\nmail: a\n\n' +
      "1 entries exported\nPS C:\\Users\\a> \n",
    [["mail", "a"]],
  ],
];

const faulty: readonly (readonly [rule: string, ldif: string, dns: readonly string[], faults: readonly string[]])[] = [
  [
    "a line without a colon costs that line",
    "dn: cn=a\nmail: a\nnonsense\n\ndn: cn=b\n\n",
    ["cn=a", "cn=b"],
    ["3 ldif-no-colon nonsense"],
  ],
  [
    "folds of a line without a colon go with it",
    "dn: cn=a\nx: 1\nnonsense\n more\n\n",
    ["cn=a"],
    ["3 ldif-no-colon nonsensemore"],
  ],
  ["a name with a space is none", "dn: cn=a\nfoo bar: x\n\n", ["cn=a"], ["2 ldif-invalid-attribute-name foo bar: x"]],
  [
    "invalid base64 costs that value",
    "dn: cn=a\nx:: ?!\n\ndn: cn=b\n\n",
    ["cn=a", "cn=b"],
    ["2 ldif-invalid-base64 x"],
  ],
  ["base64 without its padding was cut", "dn: cn=a\nx:: YUB\n\n", ["cn=a"], ["2 ldif-invalid-base64 x"]],
  [
    "a URL is never opened",
    "dn: cn=a\nx:< file:///etc/passwd\n\n",
    ["cn=a"],
    ["2 ldif-url-value x:< file:///etc/passwd"],
  ],
  ["a record without dn", "mail: a\n\ndn: cn=b\n\n", ["cn=b"], ["1 ldif-no-dn mail"]],
  [
    "a dn in invalid base64 costs the record",
    "dn:: ??\nmail: a\n\ndn: cn=b\n\n",
    ["cn=b"],
    ["1 ldif-invalid-base64 dn", "1 ldif-no-dn mail"],
  ],
  [
    "dn begins a record even without a blank line",
    "dn: cn=a\nmail: a\ndn: cn=b\n\n",
    ["cn=a", "cn=b"],
    ["3 ldif-missing-blank-line"],
  ],
  ["a fold of nothing", " x\ndn: cn=a\n\n", ["cn=a"], ["1 ldif-orphan-continuation x"]],
  ["a fold after a blank line", "dn: cn=a\n\n x\n\n", ["cn=a"], ["3 ldif-orphan-continuation x"]],
  [
    "changetype modify is no export",
    "dn: cn=a\nchangetype: modify\nadd: x\nx: 1\n-\n\ndn: cn=b\n\n",
    ["cn=b"],
    ["1 ldif-change-record modify"],
  ],
  ["changetype delete is no export", "dn: cn=a\nchangetype: delete\n\n", [], ["1 ldif-change-record delete"]],
  [
    "changetype modrdn is no export",
    "dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 1\n\n",
    [],
    ["1 ldif-change-record modrdn"],
  ],
  ["another version", "version: 2\n\ndn: cn=a\n\n", ["cn=a"], ["1 ldif-unsupported-version 2"]],
  [
    "python-ldap 352: a value that lost its fold",
    "dn: cn=a\nupn:\nx@y\n\n",
    ["cn=a"],
    ["3 ldif-value-on-next-line upn"],
  ],
  ["no line end at the end", "dn: cn=a\nmail: a", ["cn=a"], ["2 ldif-no-final-newline"]],
  [
    "cut inside base64: the record is not whole",
    "dn: cn=a\n\ndn: cn=b\nx:: YUB",
    ["cn=a"],
    ["4 ldif-invalid-base64 x", "4 ldif-truncated the record of line 3 is left out"],
  ],
  [
    "cut inside a name: the record is not whole",
    "dn: cn=a\n\ndn: cn=b\nproxyAd",
    ["cn=a"],
    ["4 ldif-no-colon proxyAd", "4 ldif-truncated the record of line 3 is left out"],
  ],
  [
    "ldapsearch without its last lines",
    "# extended LDIF\n\ndn: cn=a\n\ndn: cn=b\n",
    ["cn=a"],
    ["5 ldif-truncated the record of line 5 is left out"],
  ],
  ["ldapsearch cut between records", "# extended LDIF\n\ndn: cn=a\n\n", ["cn=a"], ["4 ldif-truncated"]],
  ["ldbsearch without its last lines", "# record 1\ndn: cn=a\n\n", ["cn=a"], ["3 ldif-truncated"]],
  [
    "ldifde without the last blank line",
    "dn: cn=a\nchangetype: add\n\ndn: cn=b\nchangetype: add\n",
    ["cn=a", "cn=b"],
    ["5 ldif-unfinished-record"],
  ],
  [
    "a block of NULs in a value costs what follows in the record, up to a blank line",
    "dn: cn=a\nx: 1\nmail: a\0\0\0\0b\ny: 2\n\ndn: cn=c\n\n",
    ["cn=a", "cn=c"],
    ["3 ldif-lost-block"],
  ],
  [
    "a block of NULs across a border: what follows is not taken for the first record's",
    "dn: cn=a\nx: 1\0\0\0\0\0\0\0n=b\nmail: b\n\ndn: cn=c\n\n",
    ["cn=a", "cn=c"],
    ["2 ldif-lost-block"],
  ],
  ["a block of NULs that ends with a record", "dn: cn=a\n\0\0dn: cn=b\n\n", ["cn=a", "cn=b"], ["2 ldif-lost-block"]],
  ["a block of NULs instead of a dn", "\0\0\0\0cn=a\nx: 1\n\ndn: cn=b\n\n", ["cn=b"], ["1 ldif-lost-block"]],
  [
    "NULs at the end",
    "dn: cn=a\n\n\0\0\0",
    ["cn=a"],
    ["3 ldif-lost-block", "3 ldif-truncated the record of line 3 is left out"],
  ],
  [
    "changetype twice: two records became one",
    "dn: cn=a\nchangetype: add\nx: 1\nchangetype: add\nx: 2\n\ndn: cn=b\n\n",
    ["cn=a", "cn=b"],
    ["4 ldif-records-joined changetype"],
  ],
  ["text behind a Ctrl-Z", "dn: cn=a\n\n\u001adn: cn=b\n\n", ["cn=a", "cn=b"], ["3 ldif-text-behind-end"]],
  ["text behind a Ctrl-Z and blank lines", "\u001a\n\ndn: cn=b\n\n", ["cn=b"], ["3 ldif-text-behind-end"]],
  [
    "a result is no excuse for a record without a name",
    "search: 2\nresult: 0 Success\nmail: a\n\n",
    [],
    ["3 ldif-no-dn mail"],
  ],
  ["a line between records", "dn: cn=a\n\nnonsense\n\ndn: cn=b\n\n", ["cn=a", "cn=b"], ["3 ldif-no-colon nonsense"]],
  [
    "ldapsearch: fewer entries than it says",
    "# extended LDIF\n\ndn: cn=a\n\nsearch: 2\nresult: 0 Success\n\n# numResponses: 3\n# numEntries: 2\n",
    ["cn=a"],
    ["9 ldif-count-differs the file says 2, 1 are here, 1 missing"],
  ],
  [
    "ldapsearch: fewer responses than it says, and none of them an entry",
    "# extended LDIF\n\n# search reference\nref: ldap://x\n\nresult: 0 Success\n\n# numResponses: 4\n",
    [],
    ["8 ldif-count-differs the file says 2, 0 are here, 2 missing"],
  ],
  [
    "ldbsearch: fewer records than it says",
    "# record 1\ndn: cn=a\n\n# Referral\nref: ldap:///x\n\n# returned 3 records\n# 2 entries\n# 1 referrals\n",
    ["cn=a"],
    ["8 ldif-count-differs the file says 2, 1 are here, 1 missing"],
  ],
  [
    "ldifde on the screen: fewer entries than it says",
    "dn: cn=a\n\n3 entries exported\n",
    ["cn=a"],
    ["3 ldif-count-differs the file says 3, 1 are here, 2 missing"],
  ],
  [
    "of several searches each is looked at",
    "# extended LDIF\n\ndn: cn=a\n\n# numResponses: 2\n# numEntries: 1\n# extended LDIF\n\ndn: cn=b\n\n# numEntries: 2\n" +
      "# extended LDIF\n\ndn: cn=c\n\n",
    ["cn=a", "cn=b", "cn=c"],
    ["11 ldif-count-differs the file says 2, 1 are here, 1 missing", "12 ldif-truncated", "15 ldif-truncated"],
  ],
  [
    "pages are one search, and its number is at the end of the last",
    "# extended LDIF\n\ndn: cn=a\n\nresult: 0 Success\npagedresults: cookie=MQA=\n# extended LDIF\n\ndn: cn=b\n\n" +
      "result: 0 Success\npagedresults: cookie=\n\n# numResponses: 4\n# numEntries: 3\n",
    ["cn=a", "cn=b"],
    ["15 ldif-count-differs the file says 3, 2 are here, 1 missing"],
  ],
  [
    "a page that calls for another one",
    "# extended LDIF\n\ndn: cn=a\n\nresult: 0 Success\npagedresults: cookie=MQA=\n\n",
    ["cn=a"],
    ["7 ldif-truncated"],
  ],
  [
    "ldapsearch: an incomplete search",
    "dn: cn=a\n\nsearch: 2\nresult: 4 Size limit exceeded\n\n",
    ["cn=a"],
    ["4 ldif-incomplete-result 4 Size limit exceeded"],
  ],
];

describe("LDIF as it should be, and as producers write it", () => {
  it.each(good)("%s", (_, ldif, attributes) => {
    const { records, faults } = read(ldif);
    expect(faults).toEqual([]);
    expect(records.map(({ dn }) => dn)).toEqual(["cn=a"]);
    expect(records[0]?.attributes).toEqual(attributes);
  });
});

describe("LDIF as it should not be: the fault is named, the rest is read", () => {
  it.each(faulty)("%s", (_, ldif, dns, expected) => {
    const { records, faults } = read(ldif);
    expect(records.map(({ dn }) => dn)).toEqual(dns);
    expect(faults).toEqual(expected);
  });
});

describe("what is no record", () => {
  it("search references and the result of ldapsearch are passed over", () => {
    const { records, faults } = read(
      "# extended LDIF\n#\n\n# a, contoso.com\ndn: cn=a\nmail: a\n\n# search reference\nref: ldap://b/DC=b\n\n" +
        "# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n# numEntries: 1\n",
    );
    expect(faults).toEqual([]);
    expect(records.map(({ dn, line }) => [dn, line])).toEqual([["cn=a", 5]]);
  });

  it("the root of the directory has an empty dn", () => {
    expect(read("dn:\nx: 1\n\n").records).toEqual([{ dn: "", line: 1, attributes: [["x", "1"]] }]);
  });
});

describe("the examples of RFC 2849", () => {
  it("example 1: a simple file with two entries, one of them with a fold", () => {
    const { records, faults } = read(
      "version: 1\ndn: cn=Barbara Jensen, ou=Product Development, dc=airius, dc=com\nobjectclass: top\nobjectclass: person\n" +
        "cn: Barbara Jensen\ntelephonenumber: +1 408 555 1212\ndescription: A big sailing fan.\n\n" +
        "dn: cn=Bjorn Jensen, ou=Accounting, dc=airius, dc=com\nobjectclass: top\ntelephonenumber: +1 408 555 1212\n",
    );
    expect(faults).toEqual([]);
    expect(records.map(({ line, attributes }) => [line, attributes.length])).toEqual([
      [2, 5],
      [9, 2],
    ]);
  });

  it("example 2: a value folded over three lines", () => {
    const { records, faults } = read(
      "version: 1\ndn:cn=Barbara Jensen, ou=Product Development, dc=airius, dc=com\nobjectclass:top\n" +
        "description:Sails a lot: in the North\n  Sea, the Baltic, and w\n herever there is wind\ntitle:Manager\n",
    );
    expect(faults).toEqual([]);
    expect(records[0]?.attributes).toEqual([
      ["objectclass", "top"],
      ["description", "Sails a lot: in the North Sea, the Baltic, and wherever there is wind"],
      ["title", "Manager"],
    ]);
  });

  it("example 3: a value in base64 over several lines", () => {
    const value = "A value with a carriage return in it\r, therefore in base64, and long enough to be folded twice.";
    const base64 = Buffer.from(value)
      .toString("base64")
      .replace(/(.{40})/g, "$1\n ");
    const { records, faults } = read(
      `version: 1\ndn: cn=Gern Jensen, dc=airius, dc=com\ndescription:: ${base64}\nuid: gern\n`,
    );
    expect(faults).toEqual([]);
    expect(records[0]?.attributes).toEqual([
      ["description", value],
      ["uid", "gern"],
    ]);
  });

  it("example 5: a value given as the URL of a file is never opened", () => {
    const { records, faults } = read(
      "version: 1\ndn: cn=Horatio Jensen, dc=airius, dc=com\nuid: hjensen\njpegphoto:< file:///usr/local/photos/hjensen.jpg\nsn: Jensen\n\n",
    );
    expect(records[0]?.attributes).toEqual([
      ["uid", "hjensen"],
      ["sn", "Jensen"],
    ]);
    expect(faults).toEqual(["4 ldif-url-value jpegphoto:< file:///usr/local/photos/hj…"]);
  });

  it("example 7: a change with a control is no export", () => {
    const { records, faults } = read(
      "version: 1\ndn: ou=Product Development, dc=airius, dc=com\ncontrol: 1.2.840.113556.1.4.805 true\nchangetype: delete\n",
    );
    expect(records).toEqual([]);
    expect(faults).toEqual(["2 ldif-change-record delete"]);
  });

  it("example 4: a dn and options in UTF-8", () => {
    const { records } = read(
      "version: 1\ndn:: b3U95Za25qWt6YOoLG89QWlyaXVz\n# dn:: ou=営業部,o=Airius\nou;lang-ja:: 5Za25qWt6YOo\nou;lang-en: Sales\n\n",
    );
    expect(records[0]).toMatchObject({
      dn: "ou=営業部,o=Airius",
      attributes: [
        ["ou;lang-ja", "営業部"],
        ["ou;lang-en", "Sales"],
      ],
    });
  });

  it("example 6: a series of changes is no export", () => {
    const { records, faults } = read(
      "version: 1\n# Add a new entry\ndn: cn=Fiona Jensen, ou=Marketing, dc=airius, dc=com\nchangetype: add\nsn: Jensen\n\n" +
        "# Delete an existing entry\ndn: cn=Robert Jensen, ou=Marketing, dc=airius, dc=com\nchangetype: delete\n\n" +
        "dn: cn=Paul Jensen, ou=Product Development, dc=airius, dc=com\nchangetype: modrdn\nnewrdn: cn=Paula Jensen\ndeleteoldrdn: 1\n\n",
    );
    expect(records.map(({ dn }) => dn)).toEqual(["cn=Fiona Jensen, ou=Marketing, dc=airius, dc=com"]);
    expect(faults).toEqual(["8 ldif-change-record delete", "11 ldif-change-record modrdn"]);
  });
});

const nasty = encoder.encode(
  "\r\nversion: 1\r\n\r\n# a comment that\r\n  is folded\r\ndn:: Y249w6U=\r\nx:\r\n value \r\ny: a\r\n  b\r\n \r\n" +
    "dn: cn=é\nbad line\nm:< file:///x\nz:: YQ=\n =\n-\n\nref: ldap://x\n\ndn: cn=c\nv: 日\n 本\nupn:\na@b\n",
);

describe("chunks", () => {
  it("every split of a file in two gives the same result", () => {
    const whole = read(nasty);
    expect(whole.records).toHaveLength(3);
    for (let at = 1; at < nasty.length; at++) {
      const reader = new LdifReader();
      const items = [...reader.read(nasty.subarray(0, at)), ...reader.read(nasty.subarray(at)), ...reader.end()];
      expect(items.filter((item) => item.type === "record")).toHaveLength(3);
      expect(JSON.stringify(items)).toBe(JSON.stringify(all(nasty)));
    }
  });

  it("so does every size of chunks", () => {
    const whole = read(nasty);
    for (let size = 1; size < 40; size++) expect(read(nasty, size)).toEqual(whole);
  });

  it("a fold may cut a character of several bytes", () => {
    const bytes = encoder.encode("dn: cn=a\nx: 日\n\n");
    const at = bytes.indexOf(0xe6) + 1;
    const folded = Uint8Array.from([...bytes.subarray(0, at), 10, 32, ...bytes.subarray(at)]);
    expect(read(folded).records[0]?.attributes).toEqual([["x", "日"]]);
  });
});

describe("attributes that are not wanted", () => {
  it("are passed over, in any case of letters, with their folds", () => {
    const { records, faults } = read(
      "dn: cn=a\nphoto:: AAAA\n BBBB\nMAIL: a\nproxyAddresses;range=0-*: b\nphoto:< file:///x\n\n",
      3,
      { wanted: ["mail", "ProxyAddresses"] },
    );
    expect(faults).toEqual([]);
    expect(records[0]?.attributes).toEqual([
      ["MAIL", "a"],
      ["proxyAddresses;range=0-*", "b"],
    ]);
  });

  it("do not fill the memory, however long: a value over 16 MiB is given up and named, the next record is read", () => {
    const reader = new LdifReader({ wanted: ["mail"] });
    const chunk = new Uint8Array(1024 * 1024).fill(65);
    const items = [...reader.read(encoder.encode("dn: cn=a\nphoto: "))];
    for (let count = 0; count < 40; count++) items.push(...reader.read(chunk));
    items.push(...reader.read(encoder.encode("\nmail: ")));
    for (let count = 0; count < 20; count++) items.push(...reader.read(chunk));
    items.push(...reader.read(encoder.encode("\nmail: b\n\ndn: cn=c\n\n")), ...reader.end());
    expect(items.map((item) => (item.type === "fault" ? `${item.line} ${item.code}` : item.line))).toEqual([
      "3 ldif-value-too-long",
      1,
      6,
    ]);
  });
});

describe("against the ldif package as oracle", () => {
  const value = fc
    .string({ unit: fc.constantFrom(..."abcXYZ019 .,:;<=@-_/\\\"'()"), minLength: 1, maxLength: 90 })
    .filter((text) => text.trim() === text);
  const name = fc.constantFrom("mail", "cn", "description", "proxyAddresses", "info");
  const record = fc.record({
    dn: value,
    attributes: fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }),
  });

  const records = fc.array(record, { minLength: 1, maxLength: 5 });

  function write(all: readonly { dn: string; attributes: readonly (readonly [string, string])[] }[], fold: number) {
    const objects = all.map(({ dn, attributes }) => {
      const grouped: Record<string, string[]> = {};
      for (const [key, text] of attributes) grouped[key] = [...(grouped[key] ?? []), text];
      return { dn, attributes: grouped };
    });
    return writeLdif(objects, { newline: "\n", fold, changetype: false });
  }

  /** Reads a text as the oracle reads another. */
  function expectSame(text: string, other: string): void {
    const expected = ldifOracle.parse(other.trimEnd()).entries.map((entry) => {
      const { dn, attributes } = entry.toObject({ flatten: false });
      const pairs = Object.entries(attributes).flatMap(([key, values]) => values.map((one) => [key, one]));
      return { dn, attributes: pairs };
    });
    const { records: found, faults } = read(text);
    expect(faults).toEqual([]);
    expect(found.map(({ dn, attributes }) => ({ dn, attributes }))).toEqual(expected);
  }

  it("reads generated ASCII LDIF to the same records", () => {
    fc.assert(
      fc.property(records, fc.constantFrom(0, 20, 76), (all, fold) => {
        const text = write(all, fold);
        expectSame(text, text);
      }),
      { numRuns: times(300) },
    );
  });

  it("reads the same wherever it is folded: in names, at colons, in values", () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat(5)), (all, chances) => {
        const text = write(all, 0);
        // A fold stands before any character but the first of a line, and but a space: a line of spaces only parts records.
        const folded = text.replaceAll(/(?<!^)[^\n ]/gm, (character) =>
          chances.next().value === 0 ? `\n ${character}` : character,
        );
        expectSame(folded, text);
      }),
      { numRuns: times(300) },
    );
  });
});

describe("arbitrary bytes", () => {
  it("throw nothing", () => {
    const soup = fc.array(
      fc.constantFrom(
        "dn: ",
        "\n",
        "\r\n",
        ":",
        "::",
        " ",
        "# ",
        "-",
        "a",
        "\u00e9",
        "\u0000",
        "version: 1",
        "changetype: ",
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(soup, (parts) => void read(parts.join(""), 7)),
      { numRuns: times(500) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes, 5)),
      { numRuns: times(500) },
    );
  });
});

function all(bytes: Uint8Array) {
  const reader = new LdifReader();
  return [...reader.read(bytes), ...reader.end()];
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guidFromSourceAnchor, sourceAnchorFromBytes, sourceAnchorFromText } from "../../src/model/source-anchor.ts";

// The pairs stand in public documents: entra-docs, jpazureid/blog (2/9J…), AADInternals (7jYn…), a CSVDE export (C4GP…).
const published = [
  ["00112233-4455-6677-8899-aabbccddeeff", "MyIRAFVEd2aImaq7zN3u/w=="],
  ["0a49ffdb-ebd1-49d0-87fa-12f4ee8d75bc", "2/9JCtHr0EmH+hL07o11vA=="],
  ["742736ee-0515-4a08-a55d-035910edeec1", "7jYndBUFCEqlXQNZEO3uwQ=="],
  ["d08f810b-a35c-49a8-a4cd-c6923dfc031e", "C4GP0FyjqEmkzcaSPfwDHg=="],
] as const;

describe("source anchors", () => {
  it.each(published)("%s is %s, from text and from bytes", (guid, anchor) => {
    expect(sourceAnchorFromText(guid)).toBe(anchor);
    expect(sourceAnchorFromText(`{${guid.toUpperCase()}}`)).toBe(anchor);
    expect(sourceAnchorFromBytes(Uint8Array.from(Buffer.from(anchor, "base64")))).toBe(anchor);
    expect(guidFromSourceAnchor(anchor)).toBe(guid);
  });

  it("what is no GUID has none", () => {
    expect(sourceAnchorFromText("d08f810b-a35c-49a8-a4cd")).toBeUndefined();
    expect(sourceAnchorFromBytes(new Uint8Array(15))).toBeUndefined();
    expect(guidFromSourceAnchor("user@contoso.com")).toBeUndefined();
  });

  it("text and anchor are inverse", () => {
    fc.assert(
      fc.property(fc.uuid(), (guid) => {
        expect(guidFromSourceAnchor(sourceAnchorFromText(guid) ?? "")).toBe(guid);
      }),
    );
  });
});

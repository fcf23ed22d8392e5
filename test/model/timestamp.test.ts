import { describe, expect, it } from "vitest";
import { readTimestamp } from "../../src/model/timestamp.ts";

describe("moments", () => {
  it.each([
    ["20141205144600.0Z", "2014-12-05T14:46:00Z"],
    ["20030512171533Z", "2003-05-12T17:15:33Z"],
    ["2014-12-05T14:46:00Z", "2014-12-05T14:46:00Z"],
    ["2014-12-05T14:46:00.123Z", "2014-12-05T14:46:00Z"],
    [" 2022-03-18 19:49:35Z ", "2022-03-18T19:49:35Z"],
    ["05/12/2014 14:46:00", undefined],
    ["28.08.2018 22:34:37", undefined],
    ["", undefined],
  ])("%s", (text, moment) => expect(readTimestamp(text)).toBe(moment));
});

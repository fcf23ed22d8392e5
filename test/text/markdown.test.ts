import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { visible } from "../../src/text/fault.ts";
import { markdownCode, markdownText } from "../../src/text/markdown.ts";
import { hostileStrings } from "../hostile-strings.ts";

const markdown = new MarkdownIt({ html: true, linkify: true });

describe("markdownCode", () => {
  it("takes a name of any number of backticks", () => {
    const name = "`a".repeat(200_000);
    expect(markdownCode(name)).toBe(`\`\` ${name} \`\``);
  });

  it.each(hostileStrings.filter((text) => text.trim() !== ""))("%j is code, and nothing else", (text) => {
    expect(markdown.render(`x ${markdownCode(text)} x`).match(/<[^>]*>/g)).toEqual([
      "<p>",
      "<code>",
      "</code>",
      "</p>",
    ]);
  });
});

describe("markdownText", () => {
  it.each(hostileStrings)("%j is its letters, and nothing else", (text) => {
    expect(markdown.render(`x ${markdownText(text)} x`).match(/<[^>]*>/g)).toEqual(["<p>", "</p>"]);
  });

  it("makes no formula of GitHub's", () => {
    expect(markdownText("$$x$$")).toBe("\\$\\$x\\$\\$");
  });
});

describe("visible", () => {
  it("shows every character that directs, annotates or fills and is not seen", () => {
    for (const hidden of "\u061c\u115f\u1160\u200e\u202e\u2067\u206a\u3164\uffa0\ufff9\u{e0041}") {
      expect(visible(`a${hidden}b`)).toMatch(/^a\\u/);
    }
    // Names are written with joiners.
    expect(visible("🧑‍💻")).toBe("🧑‍💻");
  });
});

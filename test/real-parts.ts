import { spawnSync } from "node:child_process";

/** A program of the system that some tests need, and how to get it. */
interface RealPart {
  readonly name: string;
  readonly programs: readonly string[];
  readonly packages: string;
  readonly needsRoot?: true;
}

const SAMBA: RealPart = {
  name: "a real directory (Samba)",
  programs: ["samba", "samba-tool", "ldbadd", "ldbsearch", "ldapsearch", "unshare", "ip"],
  packages: "samba samba-ad-provision samba-dsdb-modules samba-vfs-modules python3-samba ldb-tools ldap-utils iproute2",
  needsRoot: true,
};

const BROWSER: RealPart = { name: "a real browser (Chromium)", programs: ["chromium"], packages: "chromium" };

const MOUNTS: RealPart = {
  name: "a real file system that is full or read-only",
  programs: ["unshare", "mount"],
  packages: "util-linux mount",
  needsRoot: true,
};

/** Whether tests that need more than npm must run: `.ci/run` says so, and then nothing may be skipped. */
export const strict = process.env["DIRSYNC_PREFLIGHT_STRICT"] === "1";

/** Whether tests of size run as large as what they promise (`npm run test:all`, `.ci/run`), or in small (`npm test`). */
export const whole = strict || process.env["MODE"] === "whole";

/** How often a law is tried on invented inputs: as often as promised, or, in small, a tenth of it and thirty times at least. */
export const times = (promised: number): number => (whole ? promised : Math.max(Math.min(promised, 30), promised / 10));

/** All cases of a list, or, in small, every n-th of them, beginning with another one for each `turn`. */
export const inSmall = <Case>(every: number, cases: readonly Case[], turn = 0): readonly Case[] =>
  whole ? cases : cases.filter((_, index) => index % every === turn % every);

function isPresent({ programs, needsRoot }: RealPart): boolean {
  const isAllowed = needsRoot !== true || process.getuid?.() === 0;
  return isAllowed && programs.every((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0);
}

/** Whether the tests against Samba are to be run. */
export const hasSamba = strict || isPresent(SAMBA);

/** Whether file systems can be mounted for tests: as root, and only for the process that asks. */
export const hasMounts = strict || (isPresent(MOUNTS) && spawnSync("unshare", ["-m", "true"]).status === 0);

/** Whether the tests in a browser are to be run. */
export const hasBrowser = strict || isPresent(BROWSER);

/** Says on the terminal what is skipped, and how to get it. Called once, before all tests. */
export default function announce(): void {
  for (const part of [SAMBA, BROWSER, MOUNTS]) {
    if (!strict && !isPresent(part)) {
      console.log(
        `skipped: tests against ${part.name}. They need ${part.needsRoot ? "root and " : ""}apt-get install ${part.packages}`,
      );
    }
  }
}

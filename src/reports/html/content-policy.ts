import { sha256 } from "@noble/hashes/sha2";
import { encodeBase64 } from "../../text/base64.ts";

/** The source expression by which a policy allows one inline script or style (CSP level 3). */
export function hashOf(text: string): string {
  return `'sha256-${encodeBase64(sha256(new TextEncoder().encode(text)))}'`;
}

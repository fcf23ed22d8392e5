import { csvde } from "./csvde.ts";
import { ldif } from "./ldif.ts";
import { msolUser } from "./msol-user.ts";
import type { Format } from "./reading/define-format.ts";

/** Every export format, in the order in which they are tried. */
export const formats: readonly Format[] = [ldif, csvde, msolUser];

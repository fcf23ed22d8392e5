import { adUser } from "./ad-user.ts";
import { adminCenterUserList } from "./admin-center-user-list.ts";
import { azureAdUser } from "./azure-ad-user.ts";
import { bposUserList } from "./bpos-user-list.ts";
import { csvde } from "./csvde.ts";
import { entraUserList } from "./entra-user-list.ts";
import { exchangeRecipient } from "./exchange-recipient.ts";
import { graphUser } from "./graph-user.ts";
import { ldif } from "./ldif.ts";
import { msolUser } from "./msol-user.ts";
import { msonlineUser } from "./msonline-user.ts";
import type { Format } from "./reading/define-format.ts";
import { stagedMigration } from "./staged-migration.ts";

/** Every export format. Where a header could be of several, the first of them here is taken, and the others are named. */
export const formats: readonly Format[] = [
  ldif,
  csvde,
  adUser,
  msolUser,
  exchangeRecipient,
  azureAdUser,
  graphUser,
  entraUserList,
  adminCenterUserList,
  msonlineUser,
  bposUserList,
  stagedMigration,
];

/** Columns that lists of the service have as well, and much seldomer. */
export const onlyOnPremises = ["DistinguishedName", "SamAccountName"];
/** Columns that only the service has. ImmutableId is none of them: scripts compute it on-premises. */
export const onlyOnline = [
  "ObjectId",
  "DirSyncEnabled",
  "AccountEnabled",
  "LastDirSyncTime",
  "BlockCredential",
  "IsLicensed",
  "UserType",
  "OnPremisesImmutableId",
  "OnPremisesSyncEnabled",
  "AssignedLicenses",
];

import type { Service } from "./service.ts";

/** DirSync V2, to which tenants moved from BPOS in 2012 and 2013. */
export const dirsyncV2: Service = {
  name: "dirsync-v2",
  title: "DirSync V2",
  softMatch: "any-smtp",
  upnSoftMatch: false,
  upnFlow: "unlicensed-only",
  contested: "refused",
  contactWithoutMail: "synchronized",
  sources: {
    softMatch: "the article of June 2012; KB 2641663 names the primary address only",
    upnSoftMatch: "KB 2641663 names addresses only",
    upnFlow: "KB 2523192",
    contested: "entra-docs, how-to-connect-syncservice-duplicate-attribute-resiliency (current behaviour)",
    contactWithoutMail: "KB 2643629",
  },
};

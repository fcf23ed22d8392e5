import type { Service } from "./service.ts";

/** Entra Connect, as tenants begun since 2016 have it. */
export const entraConnect: Service = {
  name: "entra-connect",
  title: "Entra Connect",
  softMatch: "primary-smtp",
  upnSoftMatch: true,
  upnFlow: "always",
  contested: "held-back",
  contactWithoutMail: "left-out",
  sources: {
    softMatch: "entra-docs, how-to-connect-install-existing-tenant",
    upnSoftMatch: "entra-docs, how-to-connect-syncservice-features (SoftMatchOnUpn)",
    upnFlow: "entra-docs, how-to-connect-syncservice-features (SynchronizeUpnForManagedUsers)",
    contested: "entra-docs, how-to-connect-syncservice-duplicate-attribute-resiliency",
    contactWithoutMail: "entra-docs, how-to-connect-sync-default-configuration",
  },
};

import { addressKey, domainOf } from "../model/address.ts";
import { defineCause } from "./definition/define-cause.ts";
import { isRoutable, localPartOf } from "./definition/names.ts";

/** Active Directory has sign-in names with a suffix that is no domain of the tenant. */
export const upnSuffixNotVerified = defineCause({
  cause: "upn-suffix-not-verified",
  kinds: ["upn-change", "invalid-value", "upn-smtp-misalignment", "sip-misalignment"],
  keyIs: "domain",
  keyOf: (mismatch, { verifiedDomains }) => {
    const suffixOf = (name = ""): string | undefined => {
      const suffix = domainOf(name);
      return suffix === "" || (verifiedDomains.has(suffix) && isRoutable(suffix)) ? undefined : suffix;
    };
    switch (mismatch.kind) {
      case "upn-change":
        return mismatch.reason === "suffix-not-verified" ? suffixOf(mismatch.onPremises?.userPrincipalName) : undefined;
      case "invalid-value": {
        const rules = [mismatch, ...(mismatch.also ?? [])].map(({ rule }) => rule);
        const isSuffixAlone = rules.every((rule) => rule === "not-routable" || rule === "unverified-domain");
        return mismatch.attribute === "userPrincipalName" && isSuffixAlone ? suffixOf(mismatch.value) : undefined;
      }
      case "upn-smtp-misalignment": {
        const { side, userPrincipalName, primarySmtpAddress } = mismatch;
        const isSuffixAlone = localPartOf(userPrincipalName) === localPartOf(primarySmtpAddress);
        return side === "onPremises" && isSuffixAlone ? suffixOf(userPrincipalName) : undefined;
      }
      case "sip-misalignment": {
        const { side, sipAddress, userPrincipalName, primarySmtpAddress = sipAddress } = mismatch;
        const isSuffixAlone =
          addressKey(sipAddress) === addressKey(primarySmtpAddress) &&
          localPartOf(sipAddress) === localPartOf(userPrincipalName);
        return side === "onPremises" && isSuffixAlone ? suffixOf(userPrincipalName) : undefined;
      }
    }
  },
  title: (suffix) => `The UPN suffix ${suffix} is no verified domain of the tenant`,
  harm: "Nobody can sign in online with such a name; the service leaves the old one, or makes up one in its own domain.",
  remedy: () =>
    "Add the mail domain as a UPN suffix of the forest, and give all of them the sign-in name that they have online, or their mail address.",
});

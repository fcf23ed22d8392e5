import { softMatchSchema } from "../match/match.ts";
import { usualSourceAnchors } from "../model/source-anchor.ts";
import { upnFlowSchema } from "../predict/tenant.ts";

/**
 * What can be chosen on the page. Read while bundling (inline-modules.config.ts): the page needs the choices, and not the
 * schemas, which check what it sends to the worker.
 */
export const settingChoices = {
  softMatch: softMatchSchema.options,
  sourceAnchor: usualSourceAnchors,
  upnFlow: upnFlowSchema.options,
};

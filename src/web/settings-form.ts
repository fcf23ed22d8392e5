import { content as choices } from "inline:setting-choices";
import { make } from "../reports/html/make-element.ts";
import { makeSelect } from "./make-select.ts";
import type { PageSettings } from "./protocol.ts";
import { words } from "./words.ts";

/** The part of the page that asks for the settings of an analysis. */
export interface SettingsForm {
  readonly labels: readonly HTMLElement[];
  readonly read: () => PageSettings;
}

/** Makes the controls of the settings. */
export function makeSettingsForm(): SettingsForm {
  const softMatch = makeSelect("soft-match", "any-smtp", choices.softMatch);
  const sourceAnchor = makeSelect("source-anchor", "objectGUID", choices.sourceAnchor);
  const upnFlow = makeSelect("upn-flow", "always", choices.upnFlow);
  return {
    labels: [
      make("label", {}, words.softMatch, softMatch.element),
      make("label", {}, words.sourceAnchor, sourceAnchor.element),
      make("label", {}, words.upnFlow, upnFlow.element),
    ],
    read: () => ({ softMatch: softMatch.read(), sourceAnchor: sourceAnchor.read(), upnFlow: upnFlow.read() }),
  };
}

import { defineCause } from "./definition/define-cause.ts";

/** Chat addresses are other ones than sign-in name and mail address. */
export const chatFollowsOldName = defineCause({
  cause: "chat-follows-old-name",
  kinds: ["sip-misalignment"],
  keyIs: "words",
  keyOf: () => "",
  title: () => "Chat addresses that are not the name that people have",
  harm: "Colleagues find them in chat under an old name; nothing breaks.",
  remedy: () =>
    "Let the chat address follow the sign-in name where it is safe; meetings that are planned keep the old one.",
});

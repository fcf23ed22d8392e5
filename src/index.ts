export { hideAccepted } from "./accepted.ts";
export {
  type AcceptedReport,
  type Analysis,
  analysisSchema,
  type Input,
  inputSchema,
  type StreamedAnalysis,
  type Verdict,
  verdictSchema,
} from "./analysis.ts";
export { analyze, streamAnalysis } from "./analyze.ts";
export { type Cause, type CauseName, causeSchema, causes } from "./causes/index.ts";
export type { AddressAttribute, AddressClaim, AddressIndex } from "./directory/address-index.ts";
export { createDirectory, type Directory, type DirectoryPart } from "./directory/directory.ts";
export { explainUser, type RejectedCandidate, type UserStory } from "./explain-user.ts";
export { type Counted, type Inspection, inspectSource } from "./formats/reading/inspect-source.ts";
export { listParts } from "./formats/reading/list-parts.ts";
export { readUsers } from "./formats/reading/read-users.ts";
export type { PartialReadOptions, ReadOptions, ReadProgress } from "./formats/reading/reading-options.ts";
export type {
  ReadItem,
  Source,
  SourceFormat,
  SourceSummary,
} from "./formats/reading/source.ts";
export type { UsedColumn } from "./formats/reading/table-columns.ts";
export type { LiveAnalysis } from "./live-analysis.ts";
export type { Alignment, AmbiguousGroup } from "./match/alignment.ts";
export type { AnchorConflict } from "./match/anchor-conflicts.ts";
export { type Likeness, likenessSchema, type UnlinkedPair } from "./match/likeness.ts";
export { type Match, matchSchema, type SoftMatch, softMatchSchema } from "./match/match.ts";
export { type MatchSettings, matchUsers } from "./match/match-users.ts";
export type { Pair } from "./match/pairs.ts";
export { type Fate, fateSchema } from "./match/soft-match-difference.ts";
export type { MatchedPair, Needs, Outcome, Overview, Person } from "./mismatches/definition/define-mismatch.ts";
export type { Comparison } from "./mismatches/definition/finder.ts";
export { type ObjectReference, objectReferenceSchema } from "./mismatches/definition/object-reference.ts";
export {
  type Mismatch,
  type MismatchKind,
  type MismatchKindDeclaration,
  mismatchKindSchema,
  mismatchKinds,
  mismatchSchema,
} from "./mismatches/index.ts";
export { type ProxyAddress, proxyAddressSchema } from "./model/address.ts";
export { type Diagnostic, type DiagnosticCode, diagnosticSchema } from "./model/diagnostic.ts";
export { InputError, type InputErrorCode, type InputErrorDetails, UsageError } from "./model/errors.ts";
export { type Origin, originSchema } from "./model/origin.ts";
export { type Severity, severities, severitySchema } from "./model/severity.ts";
export { type SkipReason, skipReasonSchema } from "./model/skip-reason.ts";
export {
  guidFromSourceAnchor,
  type SourceAnchorAttribute,
  sourceAnchorAttributeSchema,
  sourceAnchorFromBytes,
  sourceAnchorFromText,
} from "./model/source-anchor.ts";
export {
  type ExportedField,
  primarySmtpAddress,
  type Side,
  sideSchema,
  type User,
  type UserField,
  userSchema,
} from "./model/user.ts";
export { type ValueRule, valueRuleSchema } from "./model/value-problem.ts";
export type { AnalyzeOptions, Phase } from "./options.ts";
export { applyChanges } from "./plan/apply-plan.ts";
export { renderChangeFile } from "./plan/change-file.ts";
export { readDecisions, renderDecisions } from "./plan/decisions.ts";
export { renderNotify } from "./plan/notify.ts";
export {
  type AttributeChange,
  type Authority,
  authorities,
  type Notice,
  type Plan,
  type PlannedAttribute,
  type PlanOptions,
  type PlanStep,
  type Undecided,
} from "./plan/plan.ts";
export { renderPlanJson, renderPlanMarkdown } from "./plan/plan-document.ts";
export { planRemedies } from "./plan/plan-remedies.ts";
export { type OnlineDialect, renderActiveDirectoryScript, renderOnlineScript } from "./plan/powershell.ts";
export { undoSteps } from "./plan/undo.ts";
export type { Collision } from "./predict/collisions.ts";
export { type Prediction, predict } from "./predict/predict.ts";
export type { DiscardedAddress, DiscardReason } from "./predict/proxy-calculation.ts";
export type { RuleName } from "./predict/rules.ts";
export { type Tenant, type UpnFlow, upnFlowSchema } from "./predict/tenant.ts";
export type { UpnReason } from "./predict/upn-calculation.ts";
export type { RedactOptions } from "./pseudonyms.ts";
export { redact } from "./redaction.ts";
export { renderExplanation, renderKinds } from "./reports/explanation.ts";
export { type ReportFormat, renderReport, renderReportPieces, reportFormats } from "./reports/index.ts";
export { renderInspection } from "./reports/inspection.ts";
export { analysisJsonSchema } from "./reports/json-schema.ts";
export { renderStory } from "./reports/story.ts";
export type { TextStyle } from "./reports/style.ts";
export { renderVerification } from "./reports/verification.ts";
export {
  type Certainty,
  certaintySchema,
  type HeldBack,
  heldBackSchema,
  type OnlineOutcome,
  type OnPremisesOutcome,
  onlineOutcomeSchema,
  onPremisesOutcomeSchema,
  type ServiceError,
  type State,
  serviceErrorSchema,
  stateSchema,
} from "./run/outcome.ts";
export { Outcomes, type RunInput } from "./run/outcomes.ts";
export {
  type Difference,
  type PredictedOutcomes,
  type VerificationStatus,
  type VerifiedPerson,
  verificationStatusSchema,
  verifiedPersonSchema,
} from "./run/verification.ts";
export { services } from "./service/index.ts";
export { type Service, type ServiceName, serviceNameSchema } from "./service/service.ts";
export { type Settings, settingsSchema } from "./settings.ts";
export type { SourceData } from "./text/bytes.ts";
export { verdict } from "./verdict.ts";
export { type Verification, type VerifyOptions, verificationSchema, verifyRun } from "./verify-run.ts";

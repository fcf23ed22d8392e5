import * as z from "zod/mini";
import { domainOf } from "../model/address.ts";
import type { OptionRows } from "../model/option.ts";
import { BYTE_ORDER_MARK } from "../text/csv-cell.ts";
import type { PlanStep } from "./plan.ts";

const dialectSchema = z.enum(["graph", "msol"]);

/** The cmdlets of which time a script for the online side uses. */
export type OnlineDialect = z.infer<typeof dialectSchema>;

/** The options of scripts. */
export const scriptOptions = {
  dialect: {
    schema: dialectSchema,
    default: "graph",
    about: "cmdlets of the online script: graph, or msol of the time",
    flag: "--dialect <cmdlets>",
    label: "Cmdlets",
    page: dialectSchema.options,
  },
} satisfies OptionRows;

/**
 * Writes text as a PowerShell literal: in single quotes, in which nothing is expanded.
 *
 * PowerShell takes the typographic quotation marks U+2018 to U+201B for single quotes too; each is doubled (about_Quoting_Rules).
 * Control characters, line breaks among them, are written as `[char]` so that a script stays one line a value.
 */
export function quotePowerShell(text: string): string {
  const parts = text.split(/([\p{Cc}\u2028\u2029]+)/u).flatMap((part, index): string[] => {
    if (part === "") return [];
    if (index % 2 === 0) return [`'${part.replace(/['\u2018-\u201b]/g, "$&$&")}'`];
    return Array.from(part, (character) => `[string][char]${character.charCodeAt(0)}`);
  });
  if (parts.length === 0) return "''";
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" + ")})`;
}

function quoteList(values: readonly string[]): string {
  return `@(${values.map(quotePowerShell).join(", ")})`;
}

/**
 * Writes the steps as data: no value of a directory stands anywhere but in these literals. An object that is known by its
 * sign-in name alone is called by the new one once that is changed.
 */
function* renderSteps(steps: readonly PlanStep[]): Generator<string> {
  const names = new Map<string, string>();
  yield "$steps = @(\n";
  let isFirst = true;
  for (const { number, object, changes } of steps) {
    for (const { attribute, before, after } of changes) {
      const fields = [
        `Number = ${number}`,
        `Identity = ${quotePowerShell(names.get(object.id) ?? object.id)}`,
        `Attribute = '${attribute}'`,
        `Before = ${quoteList(before)}`,
        `After = ${quoteList(after)}`,
      ];
      const name = names.get(object.id) ?? object.id;
      if (attribute === "userPrincipalName" && before[0] === name) names.set(object.id, after[0] ?? name);
      yield `${isFirst ? "" : "\n"}    @{ ${fields.join("; ")} }`;
      isFirst = false;
    }
  }
  yield "\n)";
}

const HEAD = `[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    # Every write, and every step that is left out, is noted here.
    [string] $LogPath
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 1.0
`;

const COMMON = `
function Write-Log {
    param([string] $Text)
    $line = '{0:s}  {1}' -f (Get-Date), $Text
    Write-Output $line
    # What -WhatIf only shows is written nowhere.
    if (-not $WhatIfPreference) { Add-Content -LiteralPath $LogPath -Value $line -Encoding UTF8 }
}

# Compares without regard to order; letter case counts, because SMTP: and smtp: differ.
function Test-SameValue {
    param([object[]] $One, [object[]] $Other)
    $left = @($One | ForEach-Object { [string] $_ } | Sort-Object -CaseSensitive)
    $right = @($Other | ForEach-Object { [string] $_ } | Sort-Object -CaseSensitive)
    if ($left.Count -ne $right.Count) { return $false }
    for ($i = 0; $i -lt $left.Count; $i++) { if ($left[$i] -cne $right[$i]) { return $false } }
    return $true
}

foreach ($step in $steps) {
    $name = 'step {0}, {1} of {2}' -f $step.Number, $step.Attribute, $step.Identity
    try {
        $current = @(Get-CurrentValue -Step $step)
        if (Test-SameValue -One $current -Other $step.After) { Write-Log ('done already: ' + $name); continue }
        if (-not (Test-SameValue -One $current -Other $step.Before)) {
            Write-Log ('LEFT OUT, changed since the export: ' + $name + ' is now ' + ($current -join ', '))
            continue
        }
        if ($PSCmdlet.ShouldProcess($step.Identity, 'set ' + $step.Attribute + ' to ' + ($step.After -join ', '))) {
            Set-PlannedValue -Step $step
            Write-Log ('done: ' + $name)
        }
    }
    catch { Write-Log ('FAILED: ' + $name + ': ' + $_.Exception.Message) }
}
`;

/**
 * Writes the on-premises steps as a script for the ActiveDirectory module; the name is the script's, without `.ps1`. It
 * begins with a byte order mark: Windows PowerShell takes a script without one for ANSI.
 */
export function renderActiveDirectoryScript(steps: readonly PlanStep[], name: string): string {
  return [...renderActiveDirectoryScriptPieces(steps, name)].join("");
}

/** Writes the script of {@link renderActiveDirectoryScript} piece by piece. */
export function* renderActiveDirectoryScriptPieces(steps: readonly PlanStep[], name: string): Generator<string> {
  const own = steps.filter(({ side }) => side === "onPremises");
  const domains = [...new Set(own.map(({ object }) => domainName(object.id)))].filter((name) => name !== "");
  yield `${BYTE_ORDER_MARK}#requires -Modules ActiveDirectory
# Made by dirsync-preflight. Look first: .\\${name}.ps1 -WhatIf
${HEAD}if (-not $LogPath) { $LogPath = Join-Path $PSScriptRoot '${name}.log' }

# The directory that this was made for.
foreach ($domain in ${quoteList(domains)}) {
    if ((Get-ADDomain -Identity $domain).DNSRoot -ne $domain) { throw ('This was made for the domain ' + $domain) }
}

`;
  yield* renderSteps(own);
  yield `

function Get-CurrentValue {
    param($Step)
    $object = Get-ADUser -Identity $Step.Identity -Properties $Step.Attribute
    @($object.($Step.Attribute)) | Where-Object { $null -ne $_ }
}

function Set-PlannedValue {
    param($Step)
    if ($Step.After.Count -eq 0) { Set-ADUser -Identity $Step.Identity -Clear $Step.Attribute }
    elseif ($Step.Attribute -eq 'userPrincipalName') { Set-ADUser -Identity $Step.Identity -UserPrincipalName $Step.After[0] }
    else { Set-ADUser -Identity $Step.Identity -Replace @{ $Step.Attribute = [string[]] $Step.After } }
}
${COMMON}`;
}

/**
 * Writes the online steps as a script for Exchange Online and Microsoft Graph PowerShell, or for the MSOnline cmdlets of
 * the time. `initialDomain` is what the tenant is known by.
 */
export function renderOnlineScript(steps: readonly PlanStep[], options: OnlineScriptOptions): string {
  return [...renderOnlineScriptPieces(steps, options)].join("");
}

/** What an online script is made for. */
interface OnlineScriptOptions {
  readonly dialect: OnlineDialect;
  readonly initialDomain: string | undefined;
  readonly name: string;
}

/** Writes the script of {@link renderOnlineScript} piece by piece. */
export function* renderOnlineScriptPieces(
  steps: readonly PlanStep[],
  { dialect, initialDomain, name }: OnlineScriptOptions,
): Generator<string> {
  const own = steps.filter(({ side }) => side === "online").map(smtpOnly);
  const domains = initialDomain === undefined ? knownDomains(own) : [initialDomain];
  const { requires, connect, domainsOfTenant, finder, readName, setName } = DIALECTS[dialect];
  yield `${BYTE_ORDER_MARK}#requires -Modules ${requires}
# Made by dirsync-preflight. Connect-ExchangeOnline and ${connect} first, then look: .\\${name}.ps1 -WhatIf
${HEAD}if (-not $LogPath) { $LogPath = Join-Path $PSScriptRoot '${name}.log' }

# The tenant that this was made for.
$known = @(${domainsOfTenant})
foreach ($domain in ${quoteList(domains)}) {
    if ($known -notcontains $domain) { throw ('This was made for the tenant of ' + $domain) }
}

`;
  yield* renderSteps(own);
  yield `
${finder}
# The service adds addresses of its own types; only SMTP addresses are compared and set.
function Get-CurrentValue {
    param($Step)
    if ($Step.Attribute -eq 'userPrincipalName') { ${readName} }
    else { @((Get-Mailbox -Identity $Step.Identity).EmailAddresses | ForEach-Object { [string] $_ } | Where-Object { $_ -like 'smtp:*' }) }
}

function Set-PlannedValue {
    param($Step)
    if ($Step.Attribute -eq 'userPrincipalName') { ${setName} }
    else {
        $others = @((Get-Mailbox -Identity $Step.Identity).EmailAddresses | ForEach-Object { [string] $_ } | Where-Object { $_ -notlike 'smtp:*' })
        Set-Mailbox -Identity $Step.Identity -EmailAddresses ([string[]] (@($Step.After) + $others))
    }
}
${COMMON}`;
}

const DIALECTS: Readonly<
  Record<
    OnlineDialect,
    Readonly<Record<"requires" | "connect" | "domainsOfTenant" | "finder" | "readName" | "setName", string>>
  >
> = {
  graph: {
    requires: "ExchangeOnlineManagement, Microsoft.Graph.Users, Microsoft.Graph.Identity.DirectoryManagement",
    connect: "Connect-MgGraph -Scopes User.ReadWrite.All,Domain.Read.All",
    finder: "",
    domainsOfTenant: "Get-MgDomain -All | ForEach-Object { $_.Id }",
    readName: "(Get-MgUser -UserId $Step.Identity -Property UserPrincipalName).UserPrincipalName",
    setName: "Update-MgUser -UserId $Step.Identity -UserPrincipalName $Step.After[0]",
  },
  msol: {
    requires: "MSOnline",
    connect: "Connect-MsolService",
    // An export without object ids knows a user by the sign-in name.
    finder: `
function Find-User {
    param([string] $Identity)
    if ($Identity.Contains('@')) { @{ UserPrincipalName = $Identity } } else { @{ ObjectId = $Identity } }
}
`,
    domainsOfTenant: "Get-MsolDomain | ForEach-Object { $_.Name }",
    readName: "$found = Find-User $Step.Identity; (Get-MsolUser @found).UserPrincipalName",
    setName: "$found = Find-User $Step.Identity; Set-MsolUserPrincipalName @found -NewUserPrincipalName $Step.After[0]",
  },
};

function smtpOnly(step: PlanStep): PlanStep {
  const keep = (values: readonly string[]) => values.filter((value) => /^smtp:/i.test(value));
  return {
    ...step,
    changes: step.changes.map((change) =>
      change.attribute === "proxyAddresses"
        ? { ...change, before: keep(change.before), after: keep(change.after) }
        : change,
    ),
  };
}

function knownDomains(steps: readonly PlanStep[]): readonly string[] {
  const names = steps.flatMap(({ object }) =>
    object.userPrincipalName === undefined ? [] : [domainOf(object.userPrincipalName)],
  );
  return [...new Set(names)].sort();
}

/** `CN=…,DC=contoso,DC=com` is in contoso.com. */
function domainName(distinguishedName: string): string {
  return Array.from(distinguishedName.matchAll(/(?<!\\),DC=((?:[^,\\]|\\.)+)/gi), ([, label = ""]) => label).join(".");
}

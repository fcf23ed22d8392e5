import type { Command, Option } from "commander";

/** The shells for which there is a completion. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

/** What a word on the command line can be followed by. */
interface Completed {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What its arguments can be; nothing if they are files. */
  readonly words: readonly string[];
}

interface Flag {
  /** With its dashes. */
  readonly flag: string;
  readonly about: string;
  /** Whether it takes no value, one, or several. */
  readonly takes: "nothing" | "one" | "several";
  /** What the value can be; nothing if it is free, or a file. */
  readonly words: readonly string[];
}

/** Writes the script that completes commands, options and their values: made of what the program declares. */
export function renderCompletion(shell: Shell, program: Command, kinds: readonly string[]): string {
  const commands = program.commands.map((command) => describe(command, kinds));
  return WRITERS[shell](program.name(), commands);
}

const WRITERS: Readonly<Record<Shell, (name: string, commands: readonly Completed[]) => string>> = {
  bash: writeBash,
  zsh: writeZsh,
  fish: writeFish,
  powershell: writePowerShell,
};

function describe(command: Command, kinds: readonly string[]): Completed {
  const [argument] = command.registeredArguments;
  const flags = command.options.filter(({ hidden }) => !hidden).map(describeFlag);
  const help = { flag: "--help", about: "how it is used", takes: "nothing", words: [] } as const;
  const words = argument?.argChoices ?? (argument?.name() === "kind" ? kinds : []);
  return { name: command.name(), about: command.description(), flags: [...flags, help], words };
}

function describeFlag({ long, flags, description, argChoices, variadic, required, optional }: Option): Flag {
  const takes = variadic ? "several" : required || optional ? "one" : "nothing";
  return { flag: long ?? flags, about: description, takes, words: argChoices ?? [] };
}

/** A word in single quotation marks, for a shell like sh. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function list(words: readonly string[]): string {
  return words.join(" ");
}

/** The first sentence is enough. */
function shorten(about: string): string {
  return about.split(/[;(:]/, 1)[0]?.trim() ?? "";
}

/** What an option, or a command, can be followed by, as cases of a shell. */
function cases(commands: readonly Completed[], line: (pattern: string, words: string) => string): string {
  return commands
    .flatMap(({ name, flags, words }) => [
      ...flags.filter((flag) => flag.words.length > 0).map((flag) => line(`${name}:${flag.flag}`, list(flag.words))),
      ...(words.length === 0 ? [] : [line(`${name}:`, list(words))]),
    ])
    .join("\n");
}

function ofTakes(commands: readonly Completed[], takes: Flag["takes"]): string {
  const flags = commands.flatMap((command) => command.flags).filter((flag) => flag.takes === takes);
  return [...new Set(flags.map(({ flag }) => flag))].join("|");
}

function writeBash(name: string, commands: readonly Completed[]): string {
  const id = `_${name.replaceAll("-", "_")}`;
  return `# Completion of ${name} for bash: source it, or append it to ~/.bash_completion
${id}() {
  local current=\${COMP_WORDS[COMP_CWORD]} command= option= word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      ${commands.map((command) => command.name).join("|")}) [[ -z $command ]] && command=$word ;;
    esac
    case $word in
      ${ofTakes(commands, "several")}) option=$word ;;
      ${ofTakes(commands, "one")}) ((i == COMP_CWORD - 1)) && option=$word || option= ;;
      -*) option= ;;
    esac
  done
  local words= flags=
  case \${command:-analyze} in
${commands.map((one) => `    ${one.name}) flags=${quote(list(one.flags.map(({ flag }) => flag)))} ;;`).join("\n")}
  esac
  case \${command:-analyze}:$option in
${cases(commands, (pattern, words) => `    ${pattern}) words=${quote(words)} ;;`)}
  esac
  if [[ $current == -* ]]; then words=$flags
  elif ((COMP_CWORD == 1)); then words=${quote(list(commands.map((command) => command.name)))}
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
# What is none of these is a file.
complete -o default -F ${id} ${name}
`;
}

function writeZsh(name: string, commands: readonly Completed[]): string {
  const id = `_${name.replaceAll("-", "_")}`;
  const mask = (text: string): string => text.replace(/[\\:[\]]/g, "\\$&");
  const spec = ({ flag, about, takes, words }: Flag): string => {
    const value = words.length === 0 ? "_files" : `(${list(words)})`;
    const times = takes === "several" ? "*" : "";
    const what = takes === "nothing" ? "" : `:value:${value}`;
    return `      ${quote(`${times}${flag}[${mask(shorten(about))}]${what}`)} \\`;
  };
  return `#compdef ${name}
# Completion of ${name} for zsh: a file of the name _${name} in a folder of $fpath
${id}() {
  local -a commands=(
${commands.map((one) => `    ${quote(`${one.name}:${mask(shorten(one.about))}`)}`).join("\n")}
  )
  local command=analyze
  if ((CURRENT == 2)); then
    _describe -t commands command commands
    [[ $PREFIX == -* ]] || { _files; return }
  elif ((\${commands[(I)\${words[2]}:*]})); then
    command=\${words[2]}
    shift words
    ((CURRENT--))
  fi
  case $command in
${commands
  .map(
    (one) => `    ${one.name}) _arguments -s \\
${one.flags.map(spec).join("\n")}
      ${quote(`*:file:${one.words.length === 0 ? "_files" : `(${list(one.words)})`}`)} ;;`,
  )
  .join("\n")}
  esac
}
# Of a file that is sourced, too.
if [[ $funcstack[1] == _${name} ]]; then ${id} "$@"; else compdef ${id} ${name}; fi
`;
}

function writeFish(name: string, commands: readonly Completed[]): string {
  const known = list(commands.map((command) => command.name));
  const lines = commands.flatMap(({ name: command, about, flags, words }) => {
    // Without a command files are analyzed.
    const isDefault = command === "analyze";
    const seen = `__fish_seen_subcommand_from ${command}`;
    const when = quote(isDefault ? `${seen}; or not __fish_seen_subcommand_from ${known}` : seen);
    return [
      `complete -c ${name} -n '__fish_use_subcommand' -a ${command} -d ${quoteFish(shorten(about))}`,
      ...flags.map(({ flag, about: says, takes, words: values }) => {
        const what = takes === "nothing" ? "" : values.length === 0 ? " -r" : ` -x -a ${quote(list(values))}`;
        return `complete -c ${name} -n ${when} -l ${flag.slice(2)}${what} -d ${quoteFish(shorten(says))}`;
      }),
      ...(words.length === 0 ? [] : [`complete -c ${name} -n ${quote(seen)} -f -a ${quote(list(words))}`]),
    ];
  });
  return `# Completion of ${name} for fish: a file ${name}.fish in ~/.config/fish/completions
${lines.join("\n")}
`;
}

function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

function writePowerShell(name: string, commands: readonly Completed[]): string {
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const literals = (words: readonly string[]): string => words.map(literal).join(", ");
  return `# Completion of ${name} for PowerShell: append it to $PROFILE
Register-ArgumentCompleter -Native -CommandName ${name} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $flags = @{
${commands.map((one) => `        ${literal(one.name)} = @(${literals(one.flags.map(({ flag }) => flag))})`).join("\n")}
    }
    $values = @{
${cases(commands, (pattern, words) => `        ${literal(pattern)} = @(${literals(words.split(" "))})`)}
    }
    $several = @(${literals(ofTakes(commands, "several").split("|"))})
    $one = @(${literals(ofTakes(commands, "one").split("|"))})
    $given = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    $command = 'analyze'
    if ($given.Count -gt 0 -and $flags.ContainsKey($given[0])) { $command = $given[0] }
    $option = ''
    for ($at = 0; $at -lt $given.Count; $at++) {
        if ($several -contains $given[$at]) { $option = $given[$at] }
        elseif ($one -contains $given[$at]) { $option = if ($at -eq $given.Count - 1) { $given[$at] } else { '' } }
        elseif ($given[$at].StartsWith('-')) { $option = '' }
    }
    $words = @($values[$command + ':' + $option])
    if ($wordToComplete.StartsWith('-')) { $words = $flags[$command] }
    elseif ($given.Count -eq 0) { $words = @($flags.Keys | Sort-Object) }
    # Where nothing fits PowerShell lists files.
    $words | Where-Object { $_ -like ($wordToComplete + '*') } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
`;
}

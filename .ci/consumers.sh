# The packed package as strangers use it: sourced by run, which counts each step.

# What is installed beside it, in one folder: runtimes and compilers of the last years.
CONSUMER_PACKAGES=(
  typescript-5@npm:typescript@5 typescript-6@npm:typescript@6 typescript-7@npm:typescript@7
  node-22@npm:node@22 node-24@npm:node@24 node-latest@npm:node@latest
  vite esbuild deno bun @types/node@20
)

# Makes the folder $consumers, with the package, the programs of .ci/consumers and large exports.
make_consumers() {
  consumers=$(mktemp -d) || return 1
  local tarball
  tarball=$(npm pack --silent --pack-destination "$consumers") || return 1
  cp .ci/consumers/* "$consumers"
  node -e '
    import("./test/bench/directory.mjs").then(({ writeLdif, writeMsolUsers }) => {
      writeLdif(`${process.argv[1]}/large.ldf`, 12000);
      writeMsolUsers(`${process.argv[1]}/large.csv`, 12000);
    })' "$consumers" || return 1
  cp examples/contoso/ad.ldf examples/contoso/msolusers.csv "$consumers"
  (cd "$consumers" && npm init -y >/dev/null && npm install --no-audit --no-fund "./$tarball" "${CONSUMER_PACKAGES[@]}")
}

# The Node of the tests, and newer ones: ESM, CommonJS, threads, command line.
use_node() {
  (
    set -e
    cd "$consumers"
    "$1" --version
    "$1" read.mjs ad.ldf msolusers.csv
    "$1" read.cjs ad.ldf msolusers.csv
    "$1" threads.mjs large.ldf large.csv
    "$1" node_modules/dirsync-preflight/dist/cli.js analyze --on-premises ad.ldf --online msolusers.csv --format json --fail-on never >report.json
    "$1" -e 'if (JSON.parse(require("fs").readFileSync("report.json", "utf8")).schemaVersion !== 1) process.exit(1)'
  )
}

use_deno() { (cd "$consumers" && node_modules/.bin/deno run --no-prompt --node-modules-dir=manual --allow-read --allow-env --allow-sys read.mjs ad.ldf msolusers.csv); }
use_bun() { (cd "$consumers" && node_modules/.bin/bun read.mjs ad.ldf msolusers.csv); }

# use_typescript VERSION MODULE RESOLUTION
use_typescript() {
  (
    cd "$consumers" &&
      node "node_modules/typescript-$1/bin/tsc" --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess \
        --target es2022 --lib es2023,dom,dom.iterable --types node --module "$2" --moduleResolution "$3" consumer.mts
  )
}

# For browsers: what is made asks for nothing of Node, and runs.
use_esbuild() {
  (
    cd "$consumers" &&
      node_modules/.bin/esbuild browser.mjs --bundle --minify --format=esm --platform=browser --outfile=bundled/esbuild.mjs &&
      ! grep -qE '(from|import) ?"(node:|fs|path)' bundled/esbuild.mjs && node bundled/esbuild.mjs
  )
}
use_vite() {
  (
    cd "$consumers" && mkdir -p site && cp browser.mjs site && echo '<script type="module" src="./browser.mjs"></script>' >site/index.html &&
      echo 'export default { build: { target: "es2022", modulePreload: false } };' >site/vite.config.mjs &&
      (cd site && ../node_modules/.bin/vite build --logLevel error) &&
      echo '{ "type": "module" }' >site/dist/package.json &&
      ! grep -qE '__vite-browser-external|(from|import) ?"(node:|fs|path)' site/dist/assets/*.js && node site/dist/assets/index-*.js
  )
}

# No network, proved: in a network name space that has none, under a tracer that sees every call of the kernel's network.
# An embedding program and the command line, threads included.
trace_network() {
  (
    set -e
    cd "$consumers"
    for command in "threads.mjs large.ldf large.csv" "read.mjs ad.ldf msolusers.csv" \
      "node_modules/dirsync-preflight/dist/cli.js analyze --on-premises large.ldf --online large.csv --format html --concurrency 2 --output network.html --fail-on never" \
      "node_modules/dirsync-preflight/dist/cli.js plan --on-premises ad.ldf --online msolusers.csv --authority online --output-dir network-plan" \
      "node_modules/dirsync-preflight/dist/cli.js inspect ad.ldf msolusers.csv" \
      "node_modules/dirsync-preflight/dist/cli.js explain"; do
      rm -rf trace network.html network-plan
      # shellcheck disable=SC2086
      unshare -n strace -f -qq -e trace=network -o trace node $command >/dev/null
      # Node itself talks to its threads without any; not one call of the network may be there.
      if grep -E 'socket|connect|bind|send|recv|accept|listen' trace; then echo "a call of the network: $command"; exit 1; fi
    done
    # The tracer sees such calls where there are some.
    strace -f -qq -e trace=network -o trace node -e 'require("net").connect(9, "127.0.0.1").on("error", () => {})' && grep -q socket trace
  )
}

# Node's permission model: reads its inputs, writes its output folder; no child process, no native addon, and on the newest
# Node no network. With threads, and where threads are forbidden without.
use_permissions() {
  (
    set -e
    cd "$consumers"
    cli=node_modules/dirsync-preflight/dist/cli.js
    for threads in "--allow-worker" ""; do
      rm -rf permitted && mkdir permitted
      for mode in 600 644; do
        # shellcheck disable=SC2086
        "$1" --permission $threads --allow-fs-read="$consumers/node_modules" --allow-fs-read="$consumers/package.json" \
          --allow-fs-read="$consumers/large.ldf" --allow-fs-read="$consumers/large.csv" \
          --allow-fs-read="$consumers/permitted" --allow-fs-write="$consumers/permitted" \
          "$cli" analyze --on-premises large.ldf --online large.csv --format ndjson --concurrency 2 --output permitted/findings.ndjson --fail-on never
        test "$(wc -l <permitted/findings.ndjson)" -gt 1000
        test "$(stat -c %a permitted/findings.ndjson)" = "$mode"
        # The second time it is there already, and keeps its mode.
        : >permitted/findings.ndjson
        chmod 644 permitted/findings.ndjson
      done
    done
    # What is not permitted is told, and is no report.
    if "$1" --permission --allow-fs-read="$consumers/node_modules" --allow-fs-read="$consumers/package.json" --allow-fs-read="$consumers/large.ldf" \
      "$cli" analyze --on-premises large.ldf --online large.csv 2>refused; then exit 1; fi
    grep -q "large.csv: the file cannot be read" refused
  )
}

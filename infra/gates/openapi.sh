#!/usr/bin/env bash
# The linter of infra/openapi.yaml: installed once under target/, then run. Any error or warning fails.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
version=2.77.0 # wants Node 20.19 or newer
tools="$root/target/gates/redocly-$version"
if [ ! -f "$tools/installed" ]; then
  mkdir -p "$tools"
  npm install --prefix "$tools" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error "@redocly/cli@$version"
  touch "$tools/installed"
fi
cd "$root/infra"
# No word to anybody of what is linted, and no look for newer versions.
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
"$tools/node_modules/.bin/redocly" lint openapi.yaml --config gates/redocly.yaml --format=codeframe --max-problems=50 2>&1 | tee "$tools/report.txt"
if grep -Eq '^(Warning|.*[1-9][0-9]* warning)' "$tools/report.txt"; then
  echo "openapi.sh: warnings are failures here" >&2
  exit 1
fi

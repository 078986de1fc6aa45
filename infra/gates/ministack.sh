#!/usr/bin/env bash
# Installs the engine that gives a second opinion on the adapters (tests/second_opinion). It needs Python 3.10 or newer, and PyPI at the first run.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/gates/tool.sh
tool ministack requirements-ministack.txt

#!/usr/bin/env bash
# Runs tests/e2e: Debian's Chromium against PRATIQUE_BIN. Arguments name test files (default: all of them).
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -d tests/e2e/node_modules ]; then
  echo "There is no tests/e2e/node_modules: run make test-tools first." >&2
  exit 1
fi
exec npm --prefix tests/e2e --silent test -- "$@" </dev/null

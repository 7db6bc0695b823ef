#!/usr/bin/env bash
# Runs tests/interop: other people's libraries read what we write.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -d tests/interop ]; then
  echo "skipped: there is no tests/interop"
  exit 0
fi
python=.venv/bin/python
if [ ! -x "$python" ]; then
  echo "There is no .venv: run make test-tools first." >&2
  exit 1
fi
if "$python" -c 'import pytest' 2>/dev/null; then
  exec "$python" -m pytest -q -p no:cacheprovider tests/interop </dev/null
fi
exec "$python" -m unittest discover -s tests/interop -p 'test_*.py' </dev/null

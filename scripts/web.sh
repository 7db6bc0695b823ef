#!/usr/bin/env bash
# Fetches what the pages need that others wrote, and puts it where the binary is built with it: the decoder of the checkpoint's
# camera. Quick and offline when it is there. Without it everything works but the camera.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/retry.sh

if ! command -v npm >/dev/null; then
  echo "  There is no Node here. Install Node 20.19 or newer with npm and run this again." >&2
  exit 1
fi
stamp=web/node_modules/installed.sha256
sum=$(sha256sum <web/package-lock.json)
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
  retry npm ci --prefix web --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$sum" >"$stamp"
fi
node web/build.mjs

#!/usr/bin/env bash
# Fuzzes each decoder in turn for FUZZ_SECONDS (60), with coverage and the address sanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/retry.sh
. scripts/rust.sh

need_rust
if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "Installing cargo-fuzz"
  retry cargo install --locked cargo-fuzz
fi

# The sanitizer's switches are unstable; this lets the stable compiler take them, and is used for fuzzing alone.
export RUSTC_BOOTSTRAP=1
targets=$(cargo fuzz list)
if [ -z "$targets" ]; then
  echo "There is no fuzz target in fuzz/Cargo.toml." >&2
  exit 1
fi
for target in $targets; do
  printf '\n== Fuzzing %s for %s s\n' "$target" "${FUZZ_SECONDS:-60}"
  cargo fuzz run "$target" -- -max_total_time="${FUZZ_SECONDS:-60}" -print_final_stats=1
done

#!/usr/bin/env bash
# Fuzzes each decoder in turn for FUZZ_SECONDS (60), with coverage.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/retry.sh
. scripts/rust.sh

need_rust
if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "Installing cargo-fuzz"
  retry cargo install --locked cargo-fuzz
fi

# The coverage switches are unstable; this lets the stable compiler take them, and is used for fuzzing alone.
export RUSTC_BOOTSTRAP=1
targets=$(cargo fuzz list)
if [ -z "$targets" ]; then
  echo "There is no fuzz target in fuzz/Cargo.toml." >&2
  exit 1
fi
cargo run --quiet --locked -p pratique-fuzz --example seeds -- target/corpus
for target in $targets; do
  printf '\n== Fuzzing %s for %s s\n' "$target" "${FUZZ_SECONDS:-60}"
  # libFuzzer writes what it finds into the first folder only, so that the small corpus kept in git stays as it is.
  found="target/corpus/$target"
  mkdir -p "$found" "fuzz/corpus/$target"
  # The crates forbid unsafe code, so the address sanitizer would find only the C of libraries, at a third of the speed.
  cargo fuzz run --features libfuzzer -s none "$target" "$found" "fuzz/corpus/$target" -- \
    -max_total_time="${FUZZ_SECONDS:-60}" -print_final_stats=1
done

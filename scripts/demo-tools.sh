#!/usr/bin/env bash
# What `make demo` needs beside Rust: a C compiler, for SQLite and the cryptography, which are built from source.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/retry.sh
. scripts/apt.sh
. scripts/rust.sh

need_rust
missing=()
command -v cc >/dev/null || missing+=(build-essential)
need_packages "${missing[@]}"

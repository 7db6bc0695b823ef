# Sourced. `need_rust`: the compiler that the workspace asks for, or a sentence that says how to get it.

need_rust() {
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  if ! found=$(rustc --version 2>/dev/null); then
    echo "There is no Rust here. Install Rust $wanted or newer (rustup.rs says how) and run this again." >&2
    return 1
  fi
  found=$(echo "$found" | cut -d ' ' -f 2)
  if [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "Rust $found is too old: $wanted or newer is needed (rustup update)." >&2
    return 1
  fi
}

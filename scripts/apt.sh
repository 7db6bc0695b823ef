# Sourced. `need_packages PACKAGE…` installs Debian packages; `APT_SIMULATE=1` only says what apt would do.
# The caller asks only for what is missing, so a machine that has everything needs neither root nor a network.

# Prints the words that go before apt-get: nothing for root, sudo for others who may.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
    echo sudo
  else
    return 1
  fi
}

need_packages() {
  [ $# -gt 0 ] || return 0
  echo "  installing: $*"
  if ! command -v apt-get >/dev/null; then
    echo "  there is no apt-get here: install these by hand and run this again: $*" >&2
    return 1
  fi
  local sudo simulate=()
  if ! sudo=$(as_root); then
    echo "  neither root nor sudo: ask somebody who may to run: apt-get install $*" >&2
    return 1
  fi
  [ -z "${APT_SIMULATE:-}" ] || simulate=(-s)
  # shellcheck disable=SC2086 # $sudo is one word or none
  retry $sudo apt-get update -qq
  # shellcheck disable=SC2086
  retry $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${simulate[@]}" "$@" </dev/null
}

has_package() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

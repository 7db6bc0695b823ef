#!/usr/bin/env bash
# Installs what the tests need where it is missing. Quick and offline when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/retry.sh
. scripts/apt.sh
. scripts/rust.sh

has_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# Debian's package starts a server at once. The tests start their own, so a machine that had none keeps none.
install_postgres() {
  local sudo fresh=
  [ -e /etc/postgresql-common ] || fresh=yes
  need_packages postgresql-common
  if [ -n "$fresh" ] && [ -z "${APT_SIMULATE:-}" ]; then
    sudo=$(as_root)
    ${sudo:-} sed -i 's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf
  fi
  need_packages postgresql-15
}

debian_packages() {
  local missing=() package
  command -v cc >/dev/null || missing+=(build-essential)
  command -v git >/dev/null || missing+=(git)
  command -v curl >/dev/null || missing+=(curl)
  command -v jq >/dev/null || missing+=(jq)
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  command -v rsvg-convert >/dev/null || missing+=(librsvg2-bin)
  command -v zbarimg >/dev/null || missing+=(zbar-tools)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
  for package in fonts-noto-core fonts-noto-cjk; do
    has_package "$package" || missing+=("$package")
  done
  need_packages "${missing[@]}"
  has_postgres || install_postgres
  echo "  Debian packages: there"
}

# `stamped STAMP FILE COMMAND…` runs the command unless it ran for this very content of FILE.
stamped() {
  local stamp=$1 sum
  sum=$(sha256sum <"$2")
  shift 2
  [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ] || return 0
  "$@"
  echo "$sum" >"$stamp"
}

install_python() {
  [ -x .venv/bin/python ] || python3 -m venv .venv
  retry .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"
}

python_packages() {
  local requirements=tests/interop/requirements.txt
  if [ ! -f "$requirements" ]; then
    echo "  Python packages: none asked for, there is no $requirements"
    return 0
  fi
  stamped .venv/installed.sha256 "$requirements" install_python "$requirements"
  echo "  Python packages: there, in .venv"
}

install_node() {
  retry npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error
}

node_packages() {
  local folder
  if ! command -v npm >/dev/null; then
    echo "  There is no Node here. Install Node 20.19 or newer with npm and run this again." >&2
    return 1
  fi
  for folder in tests/e2e wechat; do
    stamped "$folder/node_modules/installed.sha256" "$folder/package-lock.json" install_node "$folder"
  done
  echo "  Node packages: there, in tests/e2e and wechat"
}

need_rust
debian_packages
python_packages
node_packages

# Sourced. `retry COMMAND…`: networks and mirrors fail now and then, so up to four tries, the pauses growing.

retry() {
  local try
  for try in 1 2 3; do
    "$@" && return 0
    echo "  failed, try $try of 4: $*" >&2
    sleep $((try * 5))
  done
  "$@"
}

# Sourced by the other scripts: `. bin/setup.sh; setup run|check|test`. Works in the repository's root, leaves
# .venv ready, and does nothing (so needs no network) when nothing has changed since the last time.

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else return 1; fi
}

# Installs the Debian packages named; fails where that is not possible.
packages() {
  command -v dpkg-query >/dev/null || { say "Not Debian; please install the counterparts of: $*"; return 1; }
  missing=
  for package; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
  done
  [ -z "$missing" ] && return
  say "Installing Debian packages:$missing"
  as_root apt-get -qq update >/dev/null || say "apt-get update failed; trying with the lists at hand."
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 \
    install -y --no-install-recommends $missing >/dev/null || {
    say "Could not install them. Please ask an administrator for: apt-get install$missing"
    return 1
  }
}

listed_packages() { sed -n "s/^$1 //p" bin/packages.txt; }

# Prints the first Python that is new enough; with "venv" it must also be able to make a .venv.
find_python() {
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    "$python" -c "import sys${1:+, ensurepip, venv}; sys.exit(sys.version_info < (3, 11))" 2>/dev/null &&
      { echo "$python"; return; }
  done
  return 1
}

make_venv() {
  if ! python=$(find_python venv); then
    python=$(find_python) || { say "Python 3.11 or newer is needed."; return 1; }
    packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || return
  fi
  # A link leads to somebody else's, which --clear would empty.
  [ ! -L .venv ] || rm .venv
  "$python" -m venv --clear .venv
}

# The folder counts too: scripts in a .venv name its path, so a moved one is made anew.
fingerprint() { cat bin/packages.txt pyproject.toml "$1" | cksum; pwd; }

setup() {
  lock=requirements-dev.lock
  [ "$1" = run ] && lock=requirements.lock
  stamp=.venv/.setup-$1
  [ -x .venv/bin/python ] && [ "$(fingerprint $lock)" = "$(cat "$stamp" 2>/dev/null)" ] && return

  # shellcheck disable=SC2046
  case $1 in
    run) packages $(listed_packages run) || say "Everything but PDF export works without them." ;;
    test) packages $(listed_packages run) $(listed_packages test) || say "Tests that need them will fail." ;;
  esac
  if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    { [ -e "$stamp" ] && [ "$(sed -n 2p "$stamp")" != "$(pwd)" ]; }; then
    make_venv || exit
  fi
  say "Installing Python packages from $lock"
  pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip --quiet"
  $pip install --require-hashes -r "$lock" || exit
  $pip install --no-deps --no-build-isolation --editable . || exit
  fingerprint "$lock" >"$stamp"
}

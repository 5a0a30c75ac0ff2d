#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The README's transcripts are what the build prints. After a change that is meant: scripts/samples.py, and read the diff.
. "$SRC/tests/cli/lib.sh"
if ! command -v python3 >/dev/null 2>&1 || ! command -v jq >/dev/null 2>&1; then
    say "skipped: no python3 or no jq"
    exit 77
fi
checks=1
DRAGOMAN_DATA=$BUILD python3 "$SRC/scripts/samples.py" --check || bad "README.md"
# what it points to is there
for f in $(sed -n 's/.*](\([a-zA-Z][^)#]*\)).*/\1/p' "$SRC/README.md" | grep -v '^http'); do
    checks=$((checks + 1))
    [ -e "$SRC/$f" ] || bad "README.md points to $f, which is not there"
done
finish

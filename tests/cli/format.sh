#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every C file of src, cli, tools, include and python is as .clang-format says (version 14, Debian 12's): clang-format -i FILE mends one.
. "$SRC/tests/cli/lib.sh"
tool=$(command -v clang-format-14 || command -v clang-format || true)
if [ -n "${SANITIZE:-}" ] || [ -z "$tool" ] || ! "$tool" --version | grep -q 'version 14\.'; then
    say "skipped: sanitizers, or no clang-format 14"
    exit 77
fi
cd "$SRC" || exit 1
for f in src/*/*.[ch] cli/*.[ch] tools/*.c include/*.h python/core/*.[ch]; do
    checks=$((checks + 1))
    "$tool" --dry-run -Werror "$f" 2>"$T/err" || bad "$f is not formatted"
done
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Command and library are hardened alike: the command once had neither BIND_NOW nor stack protector nor FORTIFY.
. "$SRC/tests/cli/lib.sh"
if [ -n "${SANITIZE:-}" ] || ! command -v readelf >/dev/null 2>&1; then
    say "skipped: sanitizers, or no readelf"
    exit 77
fi
has() { # FILE PATTERN WHAT: in the headers, dynamic section, notes and symbols
    checks=$((checks + 1))
    readelf -lWdsn "$1" 2>/dev/null | grep -q -- "$2" || bad "$1: $3"
}
for f in "$DRAGOMAN" "$BUILD/libdragoman.so"; do
    has "$f" 'GNU_RELRO' "no RELRO"
    has "$f" 'BIND_NOW\|Flags: NOW' "no BIND_NOW"
    has "$f" 'GNU_STACK.* RW ' "the stack may be executed"
    has "$f" '__stack_chk_fail' "no stack protector"
    has "$f" '__[a-z]*printf_chk' "no FORTIFY"
done
checks=$((checks + 1))
readelf -h "$DRAGOMAN" | grep -q 'Type:.*DYN' || bad "the command is not position independent"
# every object of ours: no target goes without the flags
if command -v python3 >/dev/null 2>&1 && [ -f "$BUILD/compile_commands.json" ]; then
    checks=$((checks + 1))
    python3 - "$BUILD/compile_commands.json" >"$T/err" <<'P' || bad "files compiled without the flags that harden"
import json, sys
bad = [c["file"] for c in json.load(open(sys.argv[1]))
       if "-fstack-protector-strong" not in c["command"] or "-D_FORTIFY_SOURCE=" not in c["command"]]
print(" ".join(bad))
sys.exit(bool(bad))
P
fi
finish

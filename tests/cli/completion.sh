#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Completion scripts name every command and option, and the shells that are there take them; --version --json.
. "$SRC/tests/cli/lib.sh"
for s in bash zsh fish; do
    run completion $s
    expect_status 0 "completion $s"
    cp "$T/out" "$T/c.$s"
done
run completion ksh
expect_status 2 "a shell without a script"
expect_one_line "a shell without a script"
run completion
expect_status 2 "no shell"
for c in $("$DRAGOMAN" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
    for o in $("$DRAGOMAN" "$c" --help | sed -n 's/^  .*--\([a-z-]*\).*  .*/\1/p' | grep -v '^help$'); do
        checks=$((checks + 1))
        grep -q -- "--$o" "$T/c.bash" && grep -q -- "--$o\[" "$T/c.zsh" && grep -q "from $c' -l $o" "$T/c.fish" || bad "$c --$o is in no script"
    done
done
if command -v bash >/dev/null; then
    cat >"$T/try" <<'END'
. "$1"
ask() { COMP_WORDS=(dragoman "$@"); COMP_CWORD=$#; _dragoman; echo "${COMPREPLY[*]}"; }
ask exp
ask export --form
ask export --format ge
ask series --per ""
ask export --dyads ""
cd "$2" && ask code n.js
END
    : >"$T/n.jsonl"
    bash "$T/try" "$T/c.bash" "$T" >"$T/out" 2>"$T/err"
    checks=$((checks + 5))
    [ "$(sed -n 1p "$T/out" | tr ' ' '\n' | LC_ALL=C sort | tr '\n' ' ')" = "explain export " ] || [ "$(sed -n 1p "$T/out")" = "export" ] || bad "bash: commands: $(sed -n 1p "$T/out")"
    [ "$(sed -n 2p "$T/out")" = "--format" ] || bad "bash: options: $(sed -n 2p "$T/out")"
    [ "$(sed -n 3p "$T/out")" = "geojson" ] || bad "bash: values: $(sed -n 3p "$T/out")"
    [ "$(sed -n 4p "$T/out")" = "day week month year" ] || bad "bash: values told by commas: $(sed -n 4p "$T/out")"
    [ "$(sed -n 5p "$T/out")" = "yes no" ] || bad "bash: yes|no: $(sed -n 5p "$T/out")"
    [ "$(sed -n 6p "$T/out")" = "n.jsonl" ] || bad "bash: files: $(sed -n 6p "$T/out")"
fi
for s in zsh fish; do
    command -v $s >/dev/null || { say "$s is not here: its script was not run"; continue; }
    checks=$((checks + 1))
    $s -n "$T/c.$s" >"$T/out" 2>&1 || bad "$s does not take its script: $(head -1 "$T/out")"
done
run --version --json
expect_status 0 "--version --json"
checks=$((checks + 1))
python3 - "$T/out" >"$T/err" 2>&1 <<'END' || bad "--version --json is not what it says"
import json, re, sys
v = json.load(open(sys.argv[1]))
assert set(v) == {"program", "record", "store", "models", "lexicon", "coder", "kernel"}, v
assert v["record"] == "dragoman/1" and v["store"] >= 3 and all(re.fullmatch("[0-9a-f]{16}", v[k]) for k in ("models", "lexicon", "coder"))
END
finish

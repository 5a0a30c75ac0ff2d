#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Variants of a CoNLL-U file that a tagger should survive: robust.py upper|lower|title|nostop IN.conllu > OUT.conllu

Forms change, trees stay. nostop drops a final mark of its sentence when nothing depends on it.
"""
import sys


def change(how, s):
    if how == "upper":
        return s.upper()
    if how == "lower":
        return s.lower()
    return s[:1].upper() + s[1:].lower()


def sentences(path):
    cur = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line:
                if line[0] != "#":
                    cur.append(line.split("\t"))
            elif cur:
                yield cur
                cur = []


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("upper", "lower", "title", "nostop"):
        sys.exit(__doc__)
    how = sys.argv[1]
    for s in sentences(sys.argv[2]):
        s = [c for c in s if "." not in c[0]]
        if how == "nostop":
            last = s[-1]
            if len(s) > 1 and last[0].isdigit() and last[1] in (".", "!", "?", ";", ":") and all(c[6] != last[0] for c in s):
                s = s[:-1]
        else:
            rest = range(0)                       # further words of a multiword token: "Don" "n't", not "N't"
            for c in s:
                if "-" in c[0]:
                    a, b = map(int, c[0].split("-"))
                    rest = range(a + 1, b + 1)
                inner = how == "title" and c[0].isdigit() and int(c[0]) in rest
                c[1] = c[1].lower() if inner else change(how, c[1])
        for c in s:
            print("\t".join(c))
        print()


if __name__ == "__main__":
    main()

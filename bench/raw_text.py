#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The running text of a CoNLL-U file, for scoring from raw text: bench/raw_text.py IN.conllu > OUT.txt

Sentences of a paragraph stand after one another as "# text" and SpaceAfter say; "# newdoc" and "# newpar" are paragraph breaks.
"""
import sys

out, text, par, tight = [], None, True, True
for line in open(sys.argv[1], encoding="utf-8"):
    line = line.rstrip("\n")
    if line.startswith("# newdoc") or line.startswith("# newpar"):
        par = True
    elif line.startswith("# text = "):
        text = line[9:]
    elif line and line[0].isdigit():
        last = line.split("\t")[9]
        if "-" in line.split("\t", 1)[0]:
            end, mwt = int(line.split("\t", 1)[0].split("-")[1]), last
        elif "." not in line.split("\t", 1)[0]:
            n = int(line.split("\t", 1)[0])
            last_misc = mwt if "mwt" in dir() and n == end else last
    elif not line and text is not None:
        out.append(("\n\n" if par and out else "" if tight else " ") + text)
        par, text, tight = False, None, "SpaceAfter=No" in last_misc
        end, mwt = -1, ""
sys.stdout.write("".join(out) + "\n")

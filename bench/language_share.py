#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many of a hundred words are the commonest English ones, in English news and in what is none: bench/language_share.py DATA

Counts as src/text/language.c does (set "common" of lexicon/en/function_words.tsv; texts of 40 words or more, the first 5,000; what
holds no letter is no word), but parts words at spaces and stops instead of asking the segmenter, and leaves out scripts that write
without spaces. What is read: DATA/text/wikinews-2019-2020.jsonl; runs of ten sentences of DATA/text/gmb-sentences.txt; the texts of
tests/corpus/gold; tables of DATA, 200 rows a piece, without the columns of digits; for other languages the translated questions of
the system's own packages (Debian: /var/cache/debconf/templates.dat), all of one language a text of 200 words."""
import collections, glob, json, os, re, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "shared", "data")
COMMON = set()
for line in open(os.path.join(HERE, "lexicon/en/function_words.tsv"), encoding="utf-8"):
    cells = line.split("\t")
    if re.fullmatch(r"common(\.\d+)?", cells[0]):
        COMMON |= set(cells[1].split("|"))
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LEAST = 6


def share(text):
    words = WORD.findall(text.lower())[:5000]
    return None if len(words) < 40 else 100 * sum(w in COMMON for w in words) // len(words)


def show(name, texts):
    got = sorted(s for s in map(share, texts) if s is not None)
    if got:
        n = len(got)
        print(f"{name:34} {n:6}  least {got[0]:3}  1 % {got[n // 100]:3}  median {got[n // 2]:3}  99 % {got[n - 1 - n // 100]:3}  most {got[-1]:3}  under {LEAST}: {sum(s < LEAST for s in got)}")


def pieces(words, n=200):
    return [" ".join(words[i : i + n]) for i in range(0, len(words) - 40, n)]


show("English: Wikinews", [json.loads(l)["text"] for l in open(os.path.join(DATA, "text/wikinews-2019-2020.jsonl"), encoding="utf-8")])
lines = open(os.path.join(DATA, "text/gmb-sentences.txt"), encoding="utf-8").read().split("\n")
show("English: agencies, ten sentences", ["\n".join(lines[i : i + 10]) for i in range(0, len(lines), 10)])
show("English: tests/corpus/gold", [open(p, encoding="utf-8").read() for p in glob.glob(os.path.join(HERE, "tests/corpus/gold/*.txt"))])
for path in sorted(glob.glob(os.path.join(DATA, "actors/*.tsv")) + glob.glob(os.path.join(DATA, "gazetteer/*.tsv"))):
    rows = [l for l in open(path, encoding="utf-8", errors="replace") if not l.startswith("#")][:20000]
    show("table: " + os.path.basename(path), ["".join(rows[i : i + 200]) for i in range(0, len(rows), 200)])
told = collections.defaultdict(list)
try:
    for line in open("/var/cache/debconf/templates.dat", encoding="utf-8", errors="replace"):
        m = re.match(r"Extended_description-([A-Za-z]+)(?:[._@-]\S*)?: (.*)", line)
        if m and m[1] not in ("en", "ja", "zh", "th", "km"):
            told[m[1].lower()] += WORD.findall(m[2].replace("\\n", " "))
except OSError:
    print("no translated questions on this system", file=sys.stderr)
show("other languages, all", [t for ws in told.values() for t in pieces(ws)])
for tongue in sorted(told):
    show("  " + tongue, pieces(told[tongue]))

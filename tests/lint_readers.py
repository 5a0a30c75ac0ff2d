#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does the program read what the tables of lexicon/ may say?

1. Each word of a closed column (src/api/lexicon_columns.c) stands in another file of src/ as a literal.
2. Each constant that a name table of src/ gives to a word of lexicon/ ({"weak", FRAME_WEAK}) is used outside that table and its enum.
3. Each set of actor_cues.tsv is asked for, and each that is asked for has rows.
What is only kept for those who read the table by eye stands in UNREAD, with its reason."""
import glob
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
COLUMNS = os.path.join(ROOT, "src", "api", "lexicon_columns.c")
UNREAD = {
    ("actor_first_names", 2): "one letter, compared as a character", ("persons", 4): "one letter, compared as a character",
    ("gazetteer", 9): "any letter counts", ("cues", 4): "obl:to is what every other cue has",
    ("nonevents", 3): "reason: why the row is there; shown by `lexicon find`",
    ("plover", 2): "the parts of the code list; rows are looked up by id",
    ("states", 6): "shown; what is a state for the program is told by its dates",
    ("stances", 2): "names of features: the weights of attributions.tsv read them",
    ("topics", 2): "the program parts politics from all others",
    ("orgs", 4): "kinds that no rule asks for show what the row is",
    ("groups", 4): "kinds that no rule asks for show what the row is",
    ("parties", 4): "one kind",
    ("regions", 3): "kinds that no rule asks for are shown with a place",
    ("gazetteer", 3): "kinds that no rule asks for are shown with a place",
}
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
bad = []


def read(path):
    with open(path) as f:
        return COMMENT.sub("", f.read())


files = {f: read(f) for f in sorted(glob.glob(os.path.join(ROOT, "src", "*", "*.[ch]")))}
literals = set()
for name, text in files.items():
    if os.path.abspath(name) != os.path.abspath(COLUMNS):
        for lit in re.findall(r'"((?:\\.|[^"\\\n])*)"', text):
            literals.add(lit)
            literals.update(re.split(r"[|, ]", lit))

n_words = 0
for table, col, _, words in re.findall(r'\{"(\w+)", (\d+), (true|false),\s*((?:"[^"]*"\s*)+)\}', files[os.path.join(ROOT, "src", "api", "lexicon_columns.c")]):
    for word in "".join(re.findall(r'"([^"]*)"', words)).split("|"):
        n_words += 1
        if word not in literals and (table, int(col)) not in UNREAD:
            bad.append("%s, column %s: nothing in src/ reads '%s'" % (table, col, word))

n_constants = 0
for name, text in files.items():
    for body in re.findall(r"\w+_names\[\w*\]\s*=\s*\{(.*?)\};", text, re.S):
        for constant in re.findall(r'\{"[^"]*",\s*([A-Z][A-Z0-9_]+)\}', body):
            n_constants += 1
            uses = 0
            for t in files.values():
                t = re.sub(r"\benum\b[^{;]*\{.*?\}", "", t, flags=re.S)
                t = re.sub(r'\{"[^"]*",\s*[A-Z][A-Z0-9_]+\}', "", t)
                uses += len(re.findall(r"\b%s\b" % constant, t))
            if not uses:
                bad.append("%s: %s is given by a table and used by nothing" % (os.path.relpath(name, ROOT), constant))

with open(os.path.join(ROOT, "lexicon", "en", "actor_cues.tsv")) as f:
    sets = {line.split(":")[0] for line in f if not line.startswith("#")}
asked = set()
for name, text in files.items():
    if "resolve" in name:
        asked.update(s for s in sets if '"%s"' % s in text)
bad += ["actor_cues: nothing asks for the set '%s'" % s for s in sorted(sets - asked)]

print("%d words of closed columns, %d constants, %d sets of cues" % (n_words, n_constants, len(sets)))
for b in bad:
    print("FAILED: " + b)
sys.exit(bool(bad) or not n_words or not n_constants)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words of a language belong to lexicon/, not to C: counts those that stand in string literals of src/, room by room.

    lint_words.py [--list] [ROOM ...]     exit status 1 when a room has more than tests/lint_words.tsv lets it have

A literal is a word, or several between '|', ',' or spaces, when it is made of letters, apostrophes and hyphens and has a lower-case
letter. Not counted, by rule:
- what is said to a person who reads a message, a trace or a report: arguments of the calls in MESSAGE;
- keys, columns, tables, sets and tags: arguments of the calls in NAME, and what is compared with a cell of a table or an attribute of a page;
- an array or macro whose name says that it holds such things: it ends in _name, _tag, _attr, _key, _label, _set, _table or _sql (or their plural);
  a word of such an array is a name wherever else it stands alone as an argument of dgi_str_is() and the like;
- a text of four words and more: a sentence for a reader, and a table of letters (longer than 24);
- SQL, by its capitals; relations of Universal Dependencies; schemes of addresses; preprocessor lines, asserts.
What is left and has its reason stands in tests/lint_words.tsv, one row a literal: room, file, literal, reason."""
import collections
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SRC = os.path.join(HERE, "..", "src")
ROOMS = "situation store export event code quote clause resolve text".split()

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|^[ \t]*#[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|[A-Za-z_]\w*|\d[\w.]*|\n|[^\s\w]', re.S | re.M)
WORD = re.compile(r"[A-Za-z'’-]*[a-z][A-Za-z'’-]*$")
MESSAGE = re.compile(r"(dgi_|dg_)?(\w*_)?(fail|fail_at|fault|trace_add|trace|drop|refuse|say|assert|_Static_assert|warn)$")
NAME = re.compile(r"\w*json\w*|\w*table|\w*_(or_null|key|sql|attr|tag|cell|cue|set|exec|prepare\w*|pragma)|attr|tag_is|has_attr|"
                  r"NAME_AMONG|attr_is|attr_value|dgi_pack_\w+|pragma_int|sqlite3_\w+|dgi_table_\w+|dgi_word_in\w*|X|\w*FIELDS?")
ARRAY = re.compile(r"(\w*_)?(names?|tags?|attrs?|keys?|labels?|sets?|tables?|sql|migrations)$")
COMPARE = re.compile(r"dgi_str_\w+|strcmp|DGI_S|AMONG")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|AND|PRAGMA|CREATE|ORDER|NULL|TEXT|INTEGER|KEY|VALUES|REPLACE|BEGIN|COMMIT|JOIN|LIMIT|ON)\b")
UD = set("""acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat
goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp pass relcl poss prt agent
tmod npmod predet preconj""".split())
SCHEMES = {"http", "https"}


def literals(src):
    """Each string literal: line, text, the calls and braces around it (innermost first), the array it initialises, the call's text."""
    toks, line = [], 1
    for m in TOKEN.finditer(src):
        t = m.group(0)
        if t != "\n" and not t.startswith(("/*", "//")) and not t.lstrip().startswith("#"):
            toks.append((t, line))
        line += t.count("\n")
    stack, declared = [], ""
    for i, (t, ln) in enumerate(toks):
        before = toks[i - 1][0] if i else ""
        if t == "(":
            stack.append((before, i))
        elif t == "{":
            stack.append(("{" + declared, i))
        elif t in ")}" and stack:
            stack.pop()
        if t == ";" or (t == "}" and not any(s.startswith("{") and len(s) > 1 for s, _ in stack)):
            declared = ""
        if t == "=" and toks[i - 1][0] == "]":
            k = i - 1
            while k and (toks[k][0] in "[]" or toks[k - 1][0] == "["):
                k -= 1
            declared = toks[k][0]
        elif t == "=" and not stack and re.match(r"[A-Za-z_]", before):
            declared = before
        if t.startswith('"'):
            call = " ".join(x for x, _ in toks[stack[-2 if len(stack) > 1 and stack[-1][0] == "DGI_S" else -1][1]:i]) if stack else ""
            yield ln, t[1:-1], [s for s, _ in reversed(stack)], declared, call


def files(room):
    return sorted(glob.glob(os.path.join(SRC, room, "*.[ch]")))


def names_of_the_program():
    out = set()
    for f in glob.glob(os.path.join(SRC, "*", "*.[ch]")):
        with open(f) as h:
            for _, text, stack, declared, _ in literals(h.read()):
                if ARRAY.match(declared or "") or (stack and stack[0] in ("X", "FIELD")):
                    out.update(re.split(r"[|, ]", text))
    return out


def words(room, names):
    """(file, line, literal) of what is counted in a room"""
    for f in files(room):
        with open(f) as h:
            for ln, text, stack, declared, call in literals(h.read()):
                parts = [p for p in re.split(r"[|, ]+", text.strip()) if p]
                if not parts or not all(WORD.match(p) for p in parts) or SQL.search(text):
                    continue
                calls = [s for s in stack if not s.startswith("{")]
                if any(MESSAGE.match(c) for c in calls) or any(NAME.fullmatch(c) for c in calls[:2]) or ARRAY.match(declared or ""):
                    continue
                if len(text.split()) > 3 or max(map(len, parts)) > 24:
                    continue
                if re.search(r"(cell|attr) \(", call) or all(p in UD or p in SCHEMES for p in parts):
                    continue
                if len(parts) == 1 and parts[0] in names and calls and COMPARE.match(calls[0]):
                    continue
                for p in parts:
                    yield os.path.basename(f), ln, p


def read_table():
    limit, allowed = {}, collections.Counter()
    with open(os.path.join(HERE, "lint_words.tsv")) as h:
        for row in h:
            if row.startswith("#") or not row.strip():
                continue
            cells = row.rstrip("\n").split("\t")
            if len(cells) == 2:
                limit[cells[0]] = int(cells[1])
            else:
                room, file, word, reason = cells
                assert reason, row
                allowed[(room, file, word)] += 1
    return limit, allowed


def main():
    listing = "--list" in sys.argv
    rooms = [a for a in sys.argv[1:] if not a.startswith("-")] or ROOMS
    limit, allowed = read_table()
    names = names_of_the_program()
    bad = 0
    for room in rooms:
        found = [w for w in words(room, names) if not allowed[(room, w[0], w[2])]]
        per_file = collections.Counter(w[0] for w in found)
        if listing:
            for w in found:
                print("src/%s/%s:%d: %s" % ((room,) + w))
        n, most = len(found), limit.get(room, 0)
        print("%-10s %4d words, at most %d%s" % (room, n, most, "  " + ", ".join("%s %d" % f for f in per_file.most_common(6)) if n else ""))
        if n > most:
            print("FAILED: %s has more words of a language than before; they belong to lexicon/en/ (lint_words.py --list %s)" % (room, room))
            bad = 1
    return bad


sys.exit(main())

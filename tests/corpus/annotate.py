#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns marked-up articles into the gold format: tests/corpus/annotate.py tests/corpus/gold/*.src

A .src file: header lines `key: value` (doc, published, pass_date, entity NAME = id | id), an empty line, then the article with
  [[trigger|id TYPE/TYPE CAMEO,CAMEO SRC,SRC>TGT status/status 2001-02-03..2001-02-04 key=value ... flags]]
  {{content|SPEAKER kind/kind flags}}
Fields that are '-' are left out. Keys: of= (content_of) if= (condition_of) place= q=kind:value by= (claimed_by). Flags: may, neg,
recip. After a line `--- situation` one line an item: as_of kind status/status ISSUER,..>ADDRESSEE,.. about=REGEX place= date= q= due may.
Writes NAME.txt and NAME.json beside it.
"""
import json, os, re, sys


def words(spec):
    return re.findall(r"(?:[^\s'\"]|'[^']*'|\"[^\"]*\")+", spec)


def split(s):
    return [] if s == "-" else s.split(",")


def parse_event(spec):
    w = words(spec)
    e = {"id": w[0], "plover": [] if w[1] == "-" else w[1].split("/")}
    rest = w[2:]
    pos = [x for x in rest if "=" not in x and x not in ("may", "neg", "recip")]
    if pos and pos[0] != "-":
        e["cameo"] = pos[0].split(",")
    if len(pos) > 1 and pos[1] != "-":
        a, b = pos[1].split(">")
        e["source"], e["target"] = split(a) or ["*"], split(b) or ["*"]
    if len(pos) > 2 and pos[2] != "-":
        e["status"] = pos[2].split("/")
    if len(pos) > 3 and pos[3] != "-":
        a, _, b = pos[3].partition("..")
        e["date"] = [a, b or a]
    for x in rest:
        k, eq, v = x.partition("=")
        if not eq:
            if x == "may":
                e["may"] = True
            elif x == "neg":
                e["negated"] = True
            elif x == "recip":
                e["reciprocal"] = True
        elif k == "of":
            e["content_of"] = v
        elif k == "if":
            e["condition_of"] = v
        elif k == "place":
            e["place"] = v.strip("'")
        elif k == "by":
            e["claimed_by"] = v
        elif k == "q":
            kind, value = v.split(":")
            e["quantity"] = {"kind": kind, "value": float(value)}
    return e


def parse_text(src):
    """-> plain text, [(start, end, '[' or '{', spec)]"""
    out, marks, stack, i = "", [], [], 0
    while i < len(src):
        two = src[i:i + 2]
        if two in ("[[", "{{"):
            stack.append((len(out), two[0]))
            i += 2
        elif src[i] == "|" and stack:
            close = "]]" if stack[-1][1] == "[" else "}}"
            end = src.index(close, i)
            start, kind = stack.pop()
            marks.append((start, len(out), kind, src[i + 1:end]))
            i = end + 2
        else:
            out += src[i]
            i += 1
    if stack:
        raise SystemExit("a mark is not closed: " + out[-60:])
    return out, marks


def snippet(text, a, b):
    """The shortest surroundings, of whole words, in which text[a:b] is the only one."""
    left, right = a, b
    fold = lambda s: re.sub(r"\s+", " ", s)
    whole = fold(text)
    for _ in range(200):
        s = fold(text[left:a] + text[a:b] + text[b:right]).strip()
        if whole.count(s) == 1:
            break
        left = max(0, text.rfind(" ", 0, max(0, left - 1)) + 1) if left else 0
        nxt = text.find(" ", right + 1)
        right = nxt if nxt >= 0 else len(text)
    return fold(text[left:a]).lstrip() + "[" + fold(text[a:b]) + "]" + fold(text[b:right]).rstrip()


def parse_item(line):
    w = words(line)
    a, b = w[3].split(">")
    g = {"as_of": w[0], "kind": w[1], "status": w[2].split("/"), "issuer": split(a) or ["*"], "addressee": split(b) or ["*"]}
    for x in w[4:]:
        k, eq, v = x.partition("=")
        if x == "may":
            g["may"] = True
        elif x == "due":
            g["due"] = True
        elif k == "q":
            g["quantity"] = float(v)
        elif eq:
            g[k] = v.strip("'")
    return g


def main():
    for path in sys.argv[1:]:
        if path.endswith(".story.src"):           # make_stories.py
            continue
        head, _, body = open(path, encoding="utf-8").read().partition("\n\n")
        body, _, situation = body.partition("\n--- situation\n")
        name = os.path.basename(path)[:-4]
        gold = {"doc": name + ".txt", "published": None, "pass_date": True, "entities": {}}
        for line in head.splitlines():
            k, _, v = line.partition(":")
            if k == "published":
                gold["published"] = v.strip()
            elif k == "pass_date":
                gold["pass_date"] = v.strip() == "true"
            elif k.startswith("entity "):
                gold["entities"][k[7:].strip()] = [x.strip() for x in v.split("|")]
        text, marks = parse_text(body)
        text = text.rstrip("\n") + "\n"
        gold["statements"], gold["events"] = [], []
        for a, b, kind, spec in sorted(marks):
            at = snippet(text, a, b)
            if kind == "[":
                e = parse_event(spec)
                gold["events"].append({"id": e.pop("id"), "at": at, **e})
            else:
                w = words(spec)
                s = {"at": at, "speaker": w[0], "kind": (w[1] if len(w) > 1 else "direct").replace("/", "|")}
                if "may" in w:
                    s["may"] = True
                gold["statements"].append(s)
        gold["situation"] = [parse_item(x) for x in situation.splitlines() if x.strip()]
        base = path[:-4]
        open(base + ".txt", "w", encoding="utf-8").write(text)
        json.dump(gold, open(base + ".json", "w", encoding="utf-8"), ensure_ascii=False, indent=1)


main()

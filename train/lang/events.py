# SPDX-License-Identifier: Apache-2.0
"""Sentences with events marked (../events/README.md and DATA/events), as words with trigger tags, status and roles."""
import glob
import json
import os
import subprocess
import tempfile

from minilm import EVENT_ROLES, PLOVER, STATUS, TRIGGERS

ROLE = {k: i for i, k in enumerate(EVENT_ROLES)}


def _occurrence(text, part, n):
    at = -1
    for _ in range(n):
        at = text.find(part, at + 1)
        if at < 0:
            return None
    return at, at + len(part)


def read(paths):
    out = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for i, line in enumerate(f):
                r = json.loads(line)
                r["id"] = "%s-%d" % (os.path.basename(path), i)
                out.append(r)
    return out


def words_of(records, dragoman):
    """{id: [[(form, from, to), ...] for each sentence]}: the program's own sentences and tokens, with code points of the text."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as f:
        for r in records:
            f.write(json.dumps({"id": r["id"], "date": r["date"], "text": r["text"]}) + "\n")
    conllu = subprocess.run([dragoman, "parse", "--plain", f.name], capture_output=True, text=True, check=True).stdout
    os.unlink(f.name)
    text = {r["id"]: r["text"] for r in records}
    out, doc, at = {}, None, 0
    for line in conllu.split("\n"):
        if line.startswith("# newdoc id = "):
            doc, at = line[14:], 0
            out[doc] = []
        elif line.startswith("# sent_id"):
            out[doc].append([])
        elif line and line[0] != "#":
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            k = text[doc].find(c[1], at)
            if k < 0:
                k = at                                     # a word that the text spells otherwise
            out[doc][-1].append((c[1], k, k + len(c[1])))
            at = k + len(c[1])
    return out


def sentences(records, dragoman):
    """[(forms, triggers, date)]; trigger: (first, end, {tag type: weight}, status, negated, {word: role})"""
    words = words_of(records, dragoman)
    out, lost = [], 0
    for r in records:
        text = r["text"]
        for w in words.get(r["id"], []):
            if not w or len(w) > 100:
                continue
            inside = lambda span: [i for i, x in enumerate(w) if x[1] < span[1] and x[2] > span[0]]
            first = [None] * len(r["events"])
            trig = []
            for k, e in enumerate(r["events"]):
                span = _occurrence(text, e["trigger"], e.get("trigger_n", 1))
                where = inside(span) if span else []
                if not where:
                    continue
                roles = {}
                for name in ("when", "place", "target", "source"):
                    for j, part in enumerate(e.get(name, [])):
                        ns = e.get(name + "_n") or []
                        s = _occurrence(text, part, ns[j] if j < len(ns) else 1)
                        for i in inside(s) if s else []:
                            roles[i] = ROLE[name]
                types = {e["plover"]: 1.0}
                for x in e.get("also", []):
                    types[x] = .35
                total = sum(types.values())
                first[k] = where[0]
                trig.append((k, where[0], where[-1] + 1, {t: v / total for t, v in types.items()},
                             STATUS.index(e["status"]), bool(e["negated"]), roles))
            done, used = [], set()
            for k, a, z, types, st, neg, roles in sorted(trig, key=lambda t: t[1]):
                if used & set(range(a, z)):
                    lost += 1                              # two events on one word: the first is kept
                    continue
                used |= set(range(a, z))
                for name in ("content", "condition"):
                    for j in r["events"][k].get(name, []):
                        if j < len(first) and first[j] is not None:
                            roles[first[j]] = ROLE[name]
                done.append((a, z, types, st, neg, roles))
            out.append(([x[0] for x in w], done, r["id"]))
    return out, lost


def find(folders):
    """Passages too: each sentence of theirs by itself."""
    return sorted(p for d in folders for p in glob.glob(os.path.join(d, "*.jsonl")))

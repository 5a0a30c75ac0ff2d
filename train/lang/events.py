# SPDX-License-Identifier: Apache-2.0
"""Sentences with events marked (../events/README.md and DATA/events), as words with trigger tags, status and roles."""
import glob
import json
import os
import re
import subprocess
import tempfile

from labels import EVENT_ROLES, PLOVER, STATUS, TRIGGERS

ROLE = {k: i for i, k in enumerate(EVENT_ROLES)}


def _occurrence(text, part, n):
    at = -1
    for _ in range(n):
        at = text.find(part, at + 1)
        if at < 0:
            return None
    return at, at + len(part)


TYPES = set(PLOVER)
STATUS_LETTER = {"a": "actual", "h": "historical", "f": "future", "y": "hypothetical"}


def _piece(part, text, faults):
    part, n = part.strip(), 1
    m = re.fullmatch(r"(.*)#(\d)", part)
    if m:
        part, n = m.group(1), int(m.group(2))
    if not part or text.count(part) < n:
        faults.append("not in the text: %r" % part)
    return part, n


def _event(cell, text, faults):
    c = cell.strip().split("|") + [""] * 8
    if len(cell.split("|")) > 9:
        faults.append("more than nine fields: %s" % cell[:50])
    types, st = [x.strip() for x in c[1].split(",")], c[3].strip()
    if not set(types) <= TYPES:
        faults.append("type %r" % c[1])
    if st.rstrip("!") not in STATUS_LETTER:
        faults.append("status %r" % c[3])
    if not re.fullmatch(r"\d{2,4}", c[2].strip()):
        faults.append("cameo %r" % c[2])
    trigger, n = _piece(c[0], text, faults)
    ev = {"trigger": trigger, "trigger_n": n, "plover": types[0], "also": types[1:], "cameo": c[2].strip(),
          "status": STATUS_LETTER.get(st.rstrip("!"), "actual"), "negated": st.endswith("!")}
    for name, cell in (("source", c[4]), ("target", c[5]), ("place", c[6]), ("when", c[7])):
        got = [_piece(x, text, faults) for x in cell.split(";") if x.strip()]
        ev[name], ev[name + "_n"] = [p for p, _ in got], [k for _, k in got]
    ev["content"] = [int(x) for x in re.findall(r"\d+", c[8])]
    return ev


def compact(line):
    """One line of ../events/*.tsv (README.md there) -> (record, faults)"""
    f, faults = line.rstrip("\n").split("\t"), []
    if len(f) < 2:
        return None, ["no tab"]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", f[0]):
        faults.append("date %r" % f[0])
    text = f[1].strip()
    events = [_event(x, text, faults) for x in f[2:] if x.strip()]
    if any(i >= len(events) for e in events for i in e["content"]):
        faults.append("content: no such event")
    return {"date": f[0], "text": text, "events": events}, faults


def read(paths, data=None):
    """Records of JSON Lines (DATA/events), of compact lines (*.tsv; one with a fault is left out), of marks of a text in DATA (gmb.py)"""
    import gmb
    out = []
    for path in paths:
        if os.path.basename(path) == gmb.FILE:
            out += gmb.read(path, data)
            continue
        with open(path, encoding="utf-8") as f:
            for i, line in enumerate(f):
                r, faults = compact(line) if path.endswith(".tsv") else (json.loads(line), [])
                if not faults and line.strip():
                    r["id"] = "%s-%d" % (os.path.basename(path), i)
                    out.append(r)
    return out


def words_of(records, dragoman):
    """{id: [[(form, from, to, columns), ...] for each sentence]}: the program's own sentences and tokens, with code points of the text; columns:
    of CoNLL-U, from the form on, as the program reads it (data.read_conllu)."""
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
            out[doc][-1].append((c[1], k, k + len(c[1]), [c[1], c[2], c[3], c[4], c[5], int(c[6]), c[7]]))
            at = k + len(c[1])
    return out


def sentences(records, dragoman):
    """[(forms, triggers, id, tree)]; trigger: (first, end, {tag type: weight}, status, negated, {word: role}); tree: as the program reads it"""
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
            out.append(([x[0] for x in w], done, r["id"], [x[3] for x in w]))
    return out, lost


def find(folders):
    """Passages too: each sentence of theirs by itself."""
    return sorted(p for d in folders for e in ("jsonl", "tsv") for p in glob.glob(os.path.join(d, "*." + e)))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Coreference against GUM's layer, and "who is it" against our own passages.

    bench/coref_eval.py [--dragoman build/dragoman] [--gum gum-dev.conllu] [--passages passages-n.jsonl] [--show K] [--csv]

GUM: MUC, B-cubed, CEAF-e and their mean (the CoNLL score), singletons left out as in OntoNotes. Two mentions are the same when
they have the same head word, as in CorefUD's scorer: the product's spans are shorter than GUM's. Three rows:

    all      every chain of GUM, with the mentions as the product finds them
    actors   chains that are persons, organisations or places by most of their mentions: what the product looks for
    given    the same, gold mentions given: each takes the product's entity at its head; one that is not found stands alone

GUM's documents of the licence NC (whow, fiction) are left out unless --nc.

Passages: each marked mention is asked for its fullest name. right, wrong (somebody else is named), none (nobody is). A mention
marked null is right when nobody of a known state or name is meant. `sides`: of events that are found by their trigger, the
share of sides (source_is, target_is) that are right, and of the product's sides the share that is."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared", "data")
ACTORS = ("person", "organization", "place")


# ---- measures: chains are lists of sets of mentions ----
def muc_part(key, response):
    """Numerator and denominator of MUC recall: links of `key` that `response` keeps."""
    of = {m: i for i, c in enumerate(response) for m in c}
    num = den = 0
    for c in key:
        parts = len({of[m] for m in c if m in of}) + sum(m not in of for m in c)
        num += len(c) - parts
        den += len(c) - 1
    return num, den


def b3_part(key, response):
    of = {m: c for c in response for m in c}
    num = sum(len(c & of.get(m, set())) / len(c) for c in key for m in c)
    return num, sum(len(c) for c in key)


def best_pairing(w):
    """The largest sum of w[i][j] where every row and column is used once at most (Hungarian method, n <= m)."""
    n, m = len(w), len(w[0]) if w else 0
    if not n or not m:
        return 0.0
    if n > m:
        w = [list(r) for r in zip(*w)]
        n, m = m, n
    u, v, p, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        p[0], j0 = i, 0
        low, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = p[j0], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cur = -w[i0 - 1][j - 1] - u[i0] - v[j]
                    if cur < low[j]:
                        low[j], way[j] = cur, j0
                    if low[j] < delta:
                        delta, j1 = low[j], j
            for j in range(m + 1):
                if used[j]:
                    u[p[j]] += delta
                    v[j] -= delta
                else:
                    low[j] -= delta
            j0 = j1
            if p[j0] == 0:
                break
        while j0:
            p[j0] = p[way[j0]]
            j0 = way[j0]
    return sum(w[p[j] - 1][j - 1] for j in range(1, m + 1) if p[j])


def ceafe_sum(key, response):
    """Sum of 2|a & b| / (|a| + |b|) over the best pairing of chains. Only chains that share a mention can count, so the
    pairing is found for each connected group of chains."""
    of = {}
    for j, c in enumerate(response):
        for m in c:
            of.setdefault(m, []).append(j)
    link = [{j for m in c for j in of.get(m, ())} for c in key]
    back = {}
    for i, js in enumerate(link):
        for j in js:
            back.setdefault(j, []).append(i)
    seen, total = set(), 0.0
    for i in range(len(key)):
        if i in seen or not link[i]:
            continue
        rows, cols, todo = [], [], [i]
        seen.add(i)
        while todo:
            x = todo.pop()
            rows.append(x)
            for j in link[x]:
                if j not in cols:
                    cols.append(j)
                    for y in back[j]:
                        if y not in seen:
                            seen.add(y)
                            todo.append(y)
        total += best_pairing([[2 * len(key[x] & response[j]) / (len(key[x]) + len(response[j])) for j in cols] for x in rows])
    return total


class Tally:
    def __init__(self):
        self.x = {}

    def add(self, key, response):
        key, response = [c for c in key if len(c) > 1], [c for c in response if len(c) > 1]
        for name, part in (("muc", muc_part), ("b3", b3_part)):
            self.put(name, *part(key, response), *part(response, key))
        s = ceafe_sum(key, response)
        self.put("ceafe", s, len(key), s, len(response))

    def put(self, name, *v):
        self.x[name] = [a + b for a, b in zip(self.x.get(name, (0, 0, 0, 0)), v)]

    def rows(self):
        f1 = []
        for name in ("muc", "b3", "ceafe"):
            a, b, c, d = self.x.get(name, (0, 0, 0, 0))
            r, p = a / b if b else 0.0, c / d if d else 0.0
            f1.append(2 * p * r / (p + r) if p + r else 0.0)
            yield name, p, r, f1[-1]
        yield "mean", None, None, sum(f1) / 3


# ---- GUM ----
class Doc:
    """text; toks: (start, end, head index, sentence); mentions: {head token: (chain, type)}, the smallest of one head"""

    def __init__(self, name):
        self.name, self.text, self.toks, self.spans = name, "", [], []


def read_gum(path, nc=False):
    docs, d, rows, par = [], None, [], False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            d = Doc(line.split("= ")[1])
            docs.append(d)
            stack, par = {}, False
        elif line.startswith("# newpar"):
            par = True
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and line[0].isdigit():
            rows.append(line.split("\t"))
        elif not line and rows:
            if d.text:
                d.text += "\n\n" if par else " "
            par, base, at = False, len(d.text), 0
            d.text += text
            n0, ids, form_end = len(d.toks), {}, 0
            for c in rows:
                if "." in c[0]:
                    continue
                if "-" in c[0]:
                    a, b = map(int, c[0].split("-"))
                    s = text.index(c[1], at)
                    form_end, multi, at = b, (s, s + len(c[1])), s + len(c[1])
                    continue
                i = int(c[0])
                if i <= form_end:
                    s, e = multi
                else:
                    s = text.index(c[1], at)
                    e = at = s + len(c[1])
                ids[i] = len(d.toks)
                d.toks.append([base + s, base + e, int(c[6]), n0, c[1], c[3]])
            for c in rows:
                if not c[0].isdigit():
                    continue
                i = ids[int(c[0])]
                m = re.search(r"(?:^|\|)Entity=([^|]*)", c[9])
                for opened, at_once, closed in re.findall(r"\(([^()]*)(\)?)|([^()]+)\)", m.group(1) if m else ""):
                    g = (opened or closed).split("-")[0]
                    if opened:
                        stack.setdefault(g, []).append((i, opened.split("-")[1]))
                    if (at_once or closed) and stack.get(g):
                        start, kind = stack[g].pop()
                        d.spans.append((start, i, g, kind))
            for i in range(n0, len(d.toks)):
                h = d.toks[i][2]
                d.toks[i][2] = ids[h] if h else -1
            rows = []
    for d in docs:
        d.heads = {}
        for a, b, g, kind in sorted(d.spans, key=lambda s: s[0] - s[1]):
            d.heads[head_of(d, a, b)] = (g, kind)  # longest first: the smallest of one head stays
    return [d for d in docs if nc or not re.match(r"GUM_(whow|fiction)_", d.name)]


def head_of(d, a, b):
    for i in range(a, b + 1):
        if not a <= d.toks[i][2] <= b:
            return i
    return b


def run(dragoman, texts, dates=None):
    """Records of texts, in order."""
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "in.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            for i, t in enumerate(texts):
                f.write(json.dumps({"id": str(i), "text": t, "published": dates[i] if dates else None}) + "\n")
        r = subprocess.run([dragoman, "code", "--plain", "--input", "jsonl", "--format", "jsonl", "--with-text", path],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if r.returncode:
        sys.exit("coref_eval: %s failed: %s" % (dragoman, r.stderr[-500:]))
    out = [json.loads(x) for x in r.stdout.splitlines()]
    if len(out) != len(texts):
        sys.exit("coref_eval: %d records for %d texts" % (len(out), len(texts)))
    return out


def response_of(d, rec):
    """{head token: entity index} of the product's mentions, and (head, entity) pairs: one head may have several."""
    starts = {}
    for i, t in enumerate(d.toks):
        for p in range(t[0], t[1]):
            starts.setdefault(p, i)
    out = {}
    offset = 0
    if rec["text"] != d.text:
        sys.exit("coref_eval: the product reads another text for " + d.name)
    for k, e in enumerate(rec["entities"]):
        for m in e["mentions"]:
            a = next((starts[p] for p in range(m["start"], m["end"]) if p in starts), None)
            b = next((starts[p] for p in range(m["end"] - 1, m["start"] - 1, -1) if p in starts), None)
            if a is not None:
                out.setdefault(head_of(d, a, b), k)
    return out


def chains(of):
    c = {}
    for m, g in of.items():
        c.setdefault(g, set()).add(m)
    return list(c.values())


def actor_chains(d):
    kinds = {}
    for g, kind in d.heads.values():
        kinds.setdefault(g, []).append(kind)
    return {g for g, k in kinds.items() if max(sorted(set(k)), key=k.count) in ACTORS}


def gum(dragoman, path, nc=False):
    docs = read_gum(path, nc)
    recs = run(dragoman, [d.text for d in docs])
    rows = {"all": Tally(), "actors": Tally(), "given": Tally()}
    for d, rec in zip(docs, recs):
        got, ok = response_of(d, rec), actor_chains(d)
        gold = {h: g for h, (g, k) in d.heads.items()}
        some = {h: g for h, g in gold.items() if g in ok}
        rows["all"].add(chains(gold), chains(got))
        rows["actors"].add(chains(some), chains(got))
        rows["given"].add(chains(some), chains({h: got[h] for h in some if h in got}))
    return rows


# ---- passages ----
def fold(s):
    s = unicodedata.normalize("NFKD", s).lower()
    return "".join(c for c in s if c.isalnum() or c == " ").strip()


def state_codes():
    out = {}
    for line in open(os.path.join(HERE, "..", "lexicon", "world", "states.tsv"), encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if line[0] != "#" and len(c) > 2:
            out[fold(c[1])] = c[0][:3]
    for line in open(os.path.join(HERE, "..", "lexicon", "en", "actor_words.tsv"), encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if line[0] != "#" and len(c) > 3 and c[2] == "name":
            for p in c[3].split("|"):
                out.setdefault(fold(p), c[1][:3])
    return out


def kind_of(text):
    t = text.lower()
    for kind, words in (("he", "he him his himself she her herself hers"), ("it", "it its itself"),
                        ("they", "they them their themselves theirs"), ("we", "we us our i me my you your ourselves mine ours"),
                        ("who", "who whom whose which that")):
        if t in words.split():
            return kind
    if re.search(r"\b(two|both|each|pair|three|four|couple|sides|other)\b", t):
        return "pair"
    if re.match(r"(the|this|that|these|those) ", t):
        return "the X"
    if re.match(r"(his|her|its|their|our|my|whose) ", t):
        return "his X"
    return "name" if text[:1].isupper() else "bare"


def entities_at(rec, a, b):
    """Entities of the mention that holds the head word of the phrase text[a:b]; the closest fit."""
    phrase = rec["text"][a:b]
    cut = re.search(r"( (of|in|from|to|at|for|on|over|who|whom|whose|that|which|with|against|responsible) |, )", phrase)
    head = a + cut.start() if cut and cut.start() else b  # where the words up to the head end
    best, out = None, []
    for e in rec["entities"]:
        for m in e["mentions"]:
            if m["start"] < head <= m["end"]:
                fit = (m["end"] != b, abs(m["start"] - a) + abs(m["end"] - b))
                if best is None or fit < best:
                    best, out = fit, []
                if fit == best:
                    out.append(e)
    return out


def occurrence(text, piece, n):
    at = -1
    for _ in range(n):
        at = text.find(piece, at + 1)
        if at < 0:
            return None
    return at, at + len(piece)


def is_named(e):
    """Somebody of a known state or with a name."""
    return not (e["actor"].startswith("role::") or (e["type"] == "role" and not e["country"]))


class Judge:
    def __init__(self):
        self.iso = state_codes()

    def right(self, rec, e, name):
        text = rec["text"]
        if ":" in name:
            state, role = name.split(":", 1)
            if state in ("?", ""):
                return not is_named(e)
            iso = self.iso.get(fold(state))
            if iso:
                return e["country"] == iso and e["type"] != "person"
            return fold(state) in (fold(e["name"]), fold(e["actor"].split(":")[1])) or (e["cameo"] or "")[:3] == state[:3].upper()
        if fold(name) == fold(e["name"]):
            return True
        iso = self.iso.get(fold(name))
        if iso and e["country"] == iso and e["type"] in ("country", "role"):
            return True
        at = -1
        while (at := text.find(name, at + 1)) >= 0:
            if any(x["actor"] == e["actor"] for x in entities_at(rec, at, at + len(name))):
                return True
        return False

    def mention(self, rec, text, n, name):
        """right, wrong, none, or None when the mark itself is not found"""
        span = occurrence(rec["text"], text, n)
        if span is None:
            return None, []
        got = entities_at(rec, *span)
        if name is None:
            return ("right" if not any(is_named(e) for e in got) else "wrong"), got
        if any(self.right(rec, e, name) for e in got):
            return "right", got
        return ("wrong" if any(is_named(e) for e in got) else "none"), got

    def sides(self, rec, passage, tally):
        for g in passage["events"]:
            at = occurrence(rec["text"], g["trigger"], g.get("trigger_n", 1))
            ev = next((x for x in rec["events"] if at and x["trigger"][0] < at[1] and at[0] < x["trigger"][1]), None)
            if not ev:
                continue
            for side in ("source", "target"):
                gold = g.get(side + "_is", [])
                by = {e["actor"]: e for e in rec["entities"]}
                got = [by[x["actor"]] for x in ev[side] if x["actor"] in by]
                tally["gold"] += len(gold)
                tally["found"] += sum(any(self.right(rec, e, n) for e in got) for n in gold)
                tally["got"] += len(got)
                tally["good"] += sum(any(self.right(rec, e, n) for n in gold) for e in got)


def passages(dragoman, path, show=0):
    docs = [json.loads(x) for x in open(path, encoding="utf-8")]
    recs = run(dragoman, [d["text"] for d in docs], [d.get("date") for d in docs])
    judge, tally, sides, shown = Judge(), {}, {"gold": 0, "found": 0, "got": 0, "good": 0}, 0
    for d, rec in zip(docs, recs):
        for text, n, name in d["mentions"]:
            verdict, got = judge.mention(rec, text, n, name)
            if verdict is None:
                continue
            kind = ("nobody" if name is None else kind_of(text))
            t = tally.setdefault(kind, {"right": 0, "wrong": 0, "none": 0})
            t[verdict] += 1
            if verdict != "right" and shown < show:
                shown += 1
                print("%s %-5s %-8s %s/%d = %s, got %s" % (d["id"], verdict, kind, text, n, name, [e["actor"] for e in got]))
        judge.sides(rec, d, sides)
    return tally, sides


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--gum", default=os.path.join(SHARED, "ud", "gum-dev.conllu"), help="CoNLL-U with Entity= in MISC; '' leaves it out")
    ap.add_argument("--passages", default=os.path.join(SHARED, "events", "passages-n.jsonl"), help="'' leaves them out")
    ap.add_argument("--show", type=int, default=0, help="print K mentions that are wrong")
    ap.add_argument("--nc", action="store_true", help="GUM's documents of the licence NC too")
    a = ap.parse_args()
    if a.gum and not os.path.exists(a.gum):
        print("coref_eval: skipped, no " + a.gum)
    elif a.gum:
        for name, tally in gum(a.dragoman, a.gum, a.nc).items():
            print("%-7s" % name + "  ".join("%s %s" % (m, "%.3f" % f if p is None else "%.3f %.3f %.3f" % (p, r, f))
                                           for m, p, r, f in tally.rows()))
    if a.passages and not os.path.exists(a.passages):
        print("coref_eval: skipped, no " + a.passages)
    elif a.passages:
        tally, s = passages(a.dragoman, a.passages, a.show)
        total = {k: sum(t[k] for t in tally.values()) for k in ("right", "wrong", "none")}
        for kind in sorted(tally, key=lambda k: -sum(tally[k].values())) + ["total"]:
            t = tally.get(kind, total)
            n = sum(t.values())
            print("%-7s n %4d  right %.3f  wrong %.3f  none %.3f" % (kind, n, t["right"] / n, t["wrong"] / n, t["none"] / n))
        print("sides   found %.3f of %d, right %.3f of %d" % (s["found"] / max(1, s["gold"]), s["gold"], s["good"] / max(1, s["got"]), s["got"]))


if __name__ == "__main__":
    main()

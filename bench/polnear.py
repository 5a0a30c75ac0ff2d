#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Statements against every attribution of PolNeAR, as papers on that corpus count (../shared/data/quotes, not part of the project).

    bench/polnear.py [--dragoman build/dragoman] [--data ../shared/data/quotes/polnear-dev.jsonl] [--list attributions|statements]
                     [--lexicon DIR] [--show K] [--kind direct|indirect|mixed] [--cues]

Each attribution of the corpus, said, thought or meant, is paired with at most one statement, the greatest overlap of contents first.
exact    the content's characters are the same but for white space and marks at its ends
half     at least half of the characters of the two together
source   a pair of at least half whose source words meet; cue: whose cue words meet
named    the same source, of those that have one: P of the statements that name a source, R of the attributions of which one is marked
cue alone  a cue of the corpus whose words meet those of a cue found, whatever their contents (a cue without words, as ":", by its marks)
P, R, F1 over all; recall by kind. Statements that stand in what the corpus sets aside (discard) are not counted.
"""
import argparse, collections, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared", "data", "quotes", "polnear-dev.jsonl")


def chars(text, spans):
    return {k for x, y in spans for k in range(x, y) if text[k].isalnum()}


def places(text, spans):
    """What is compared of cues: letters and figures, else the marks (a colon, a dash before a name)."""
    return chars(text, spans) or {k for x, y in spans for k in range(x, y) if not text[k].isspace()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--data", default=SHARED)
    ap.add_argument("--list", default="attributions", choices=("attributions", "statements"), help="of the record")
    ap.add_argument("--lexicon", help="folder with a table attributions.tsv of one's own")
    ap.add_argument("--show", type=int, default=0)
    ap.add_argument("--kind")
    ap.add_argument("--cues", action="store_true", help="cues of what was missed, by number")
    a = ap.parse_args()
    if not os.path.exists(a.data):
        print("polnear: skipped, no " + a.data)
        return
    docs = [json.loads(x) for x in open(a.data, encoding="utf-8")]
    n_gold = n_pred = 0
    span = "source" if a.list == "attributions" else "speaker_span"
    with_source = [0, 0]
    hit, by_kind, missed, shown = collections.Counter(), collections.defaultdict(collections.Counter), collections.Counter(), 0
    with tempfile.TemporaryDirectory() as tmp:
        paths = []
        for i, d in enumerate(docs):
            paths.append(os.path.join(tmp, "%d.txt" % i))
            open(paths[-1], "w", encoding="utf-8", newline="").write(d["text"])
        out = subprocess.run([a.dragoman, "code", "--only", a.list, "--with-text"] + (["--lexicon", a.lexicon] if a.lexicon else []) + paths, stdout=subprocess.PIPE, text=True)
        recs = [json.loads(x) for x in out.stdout.splitlines()]
    for d, rec in zip(docs, recs):
        t = d["text"]
        if rec["text"] != t:
            continue
        skip = {k for x, y in d["discard"] for k in range(x, y)}
        gold = [(chars(t, g["content"]), g) for g in d["attributions"] if g["content"]]
        pred = [(chars(t, s["content"]), s) for s in rec[a.list]]
        pred = [p for p in pred if p[0] and not p[0] & skip]
        n_gold, n_pred = n_gold + len(gold), n_pred + len(pred)
        with_source[0] += sum(bool(s.get(span)) for _, s in pred)
        with_source[1] += sum(bool(g["source"]) for _, g in gold)
        pairs = sorted(((len(g & p) / len(g | p), i, j) for i, (g, _) in enumerate(gold) for j, (p, _) in enumerate(pred) if g & p), reverse=True)
        of_g, of_p = {}, {}
        for v, i, j in pairs:
            if i not in of_g and j not in of_p:
                of_g[i], of_p[j] = (v, j), i
        for i, (g, x) in enumerate(gold):
            v, j = of_g.get(i, (0, None))
            k = by_kind[x["kind"]]
            k["n"] += 1
            if v == 1:
                hit["exact"] += 1
                k["exact"] += 1
            if v >= 0.5:
                s = pred[j][1]
                hit["half"] += 1
                k["half"] += 1
                src = chars(t, x["source"]) & chars(t, [s[span]] if s.get(span) else [])
                cue = places(t, x["cue"]) & places(t, [s["cue"]] if s.get("cue") else [])
                hit["source"] += bool(src)
                hit["cue"] += bool(cue)
                k["source"] += bool(src)
            else:
                words = " ".join(t[b:e] for b, e in x["cue"]).lower()
                missed[words] += 1
            if v < 1 and (not a.kind or a.kind == x["kind"]) and shown < a.show:
                shown += 1
                got = " / ".join(t[b:e] for b, e in pred[j][1]["content"]) if j is not None else "-"
                print("%.2f %s | want %s | cue %s | got %s" % (v, x["kind"], " / ".join(t[b:e] for b, e in x["content"])[:200],
                                                        " ".join(t[b:e] for b, e in x["cue"]), got[:200]))
        left = [places(t, x["cue"]) for _, x in gold]
        for _, s in pred:
            cue = places(t, [s["cue"]] if s.get("cue") else [])
            k = next((k for k, x in enumerate(left) if x & cue), None)
            if k is not None:
                left[k] = set()
                hit["cue alone"] += 1
        for j, (p, s) in enumerate(pred):
            if j not in of_p and a.kind == "extra" and shown < a.show:
                shown += 1
                print("EXTRA %s | %s | cue %s" % (s["kind"], " / ".join(t[b:e] for b, e in s["content"])[:160], t[slice(*(s["cue"] or [0, 0]))]))
    if a.cues:
        print(", ".join("%s %d" % c for c in missed.most_common(150)))
    hit["named"] = hit["source"]
    for k in ("exact", "half", "source", "named", "cue", "cue alone"):
        of = with_source if k == "named" else (n_pred, n_gold)
        p, r = hit[k] / max(1, of[0]), hit[k] / max(1, of[1])
        print("%-9s P %.3f R %.3f F1 %.3f" % (k, p, r, 2 * p * r / (p + r) if p + r else 0))
    for k in sorted(by_kind):
        c = by_kind[k]
        print("%-9s n %4d  exact %.3f half %.3f source %.3f" % (k, c["n"], c["exact"] / c["n"], c["half"] / c["n"], c["source"] / c["n"]))
    print("attributions %d, statements %d" % (n_gold, n_pred))


if __name__ == "__main__":
    sys.exit(main())

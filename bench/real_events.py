#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Events of the record against marks of real agency sentences: precision, recall, F1 of events and of both sides, by type.

    bench/real_events.py --dragoman build/dragoman --data ../shared/data [--tier accurate] [--held-out] [--show 20] [MARKED.tsv[:FROM-TO] ...]

MARKED.tsv  as an annotator writes it (train/lang/gmb.py); default: train/events/gmb.tsv, which the models learn from: it tells
            what the rows miss there, not how good the reader is on new text (that: --held-out)
An event is found when the record has one of its type (or of a type that the marks allow beside it) in the same sentence, each once, first those
whose triggers meet. A side is right when one of the record's actors on it meets one of the marked phrases, or when the marks name nobody and the record
nobody of this sentence; pronouns count by what they stand for. Sentences that stand together in the file are coded as one document.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "train", "lang"))
import events as E
import gmb


def marked(arg, data, lines):
    """{number of the line: record}"""
    if os.path.basename(arg) == gmb.FILE:
        return {int(r["id"][4:]): r for r in gmb.read(arg, data, to_measure=True)}
    return gmb.marked(arg, lines)


def documents(records):
    """Runs of lines, as lists of numbers"""
    out = []
    for n in sorted(records):
        if not out or n != out[-1][-1] + 1:
            out.append([])
        out[-1].append(n)
    return out


def coded(dragoman, tier, docs, records):
    """{number: [(type, trigger span, {side: [spans in the document]}, offset)]}, of each document"""
    got = collections.defaultdict(list)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for d in docs:
            f.write(json.dumps({"id": str(d[0]), "date": "2008-06-01", "text": "\n".join(records[n]["text"] for n in d)}) + "\n")
        f.flush()
        text = subprocess.run([dragoman, "code", "--tier", tier, "--input", "jsonl", "--format", "jsonl", f.name],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
    for d, line in zip(docs, text.split("\n")):
        starts, at = [], 0
        for n in d:
            starts.append(at)
            at += len(records[n]["text"]) + 1
        r = json.loads(line)
        mentions = {e["id"]: [(m["start"], m["end"]) for m in e["mentions"]] for e in r["entities"]}
        by_span = {s: e for e, spans in mentions.items() for s in spans}
        for e in r["events"]:
            if not e["trigger"] or e["frame"].startswith("board."):
                continue
            k = max(i for i, s in enumerate(starts) if s <= e["trigger"][0])
            side = {}
            for name in ("source", "target"):
                side[name] = []
                for x in e[name]:
                    s = tuple(x["span"] or (0, 0))
                    side[name] += [(a - starts[k], z - starts[k]) for a, z in [s] * bool(x["span"]) + mentions.get(by_span.get(s), [])]
            got[d[k]].append((e["plover"]["event"], (e["trigger"][0] - starts[k], e["trigger"][1] - starts[k]), side, e["frame"], e["confidence"]))
    return got


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def side_right(text, e, name, spans):
    want = [E._occurrence(text, p, n) for p, n in zip(e[name], e[name + "_n"])]
    return any(meets(w, s) for w in want for s in spans) or (not want and not any(meets(s, (0, len(text))) for s in spans))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--tier", default="fast")
    ap.add_argument("--show", type=int, default=0, help="so many of each kind of fault, by type")
    ap.add_argument("--frames", action="store_true", help="how often each row is right and wrong, those wrong twice or more")
    ap.add_argument("--held-out", action="store_true", help="only the sentences that the models have not learned from (gmb.held_out)")
    ap.add_argument("files", nargs="*", default=[os.path.join(HERE, "..", "train", "events", gmb.FILE)])
    a = ap.parse_args()
    lines, records = gmb.lines_of(a.data), {}
    for arg in a.files:
        records.update(marked(arg, a.data, lines))
    if a.held_out:
        records = {n: r for n, r in records.items() if gmb.held_out(n)}
    got = coded(a.dragoman, a.tier, documents(records), records)
    found, wanted, right, told = (collections.Counter() for _ in range(4))
    who = sides = alarm = nothing = 0
    frames = collections.defaultdict(lambda: [0, 0])
    faults = collections.defaultdict(list)
    for n, r in records.items():
        text, mine = r["text"], list(got.get(n, []))
        nothing += not r["events"]
        alarm += not r["events"] and bool(mine)
        found.update(x[0] for x in mine)
        wanted.update(e["plover"] for e in r["events"])
        left = list(r["events"])
        for near in (True, False):
            for e in list(left):
                types, span = [e["plover"]] + e["also"], E._occurrence(text, e["trigger"], e["trigger_n"])
                hit = [x for x in mine if x[0] in types and (not near or meets(x[1], span))]
                if hit:
                    x = hit[0]
                    mine.remove(x)
                    left.remove(e)
                    right[x[0]] += 1
                    told[e["plover"]] += 1
                    frames[x[3]][0] += 1
                    ok = [side_right(text, e, s, x[2][s]) for s in ("source", "target")]
                    for side, good in zip(("source", "target"), ok):
                        if not good:
                            faults["side", x[0]].append("%s | %s %s: %s, not %s | %s" % (text[x[1][0]:x[1][1]], x[3], side, e[side], sorted({text[a:z] for a, z in x[2][side] if 0 <= a < z <= len(text)}), text))
                    who += all(ok)
                    sides += sum(ok)
        for e in left:
            faults["missed", e["plover"]].append("%s | %s | %s" % (e["trigger"], e["status"], text))
        for x in mine:
            frames[x[3]][1] += 1
            faults["wrong", x[0]].append("%s | %s %.2f | %s" % (text[x[1][0]:x[1][1]], x[3], x[4], text))
    n_right, n_found, n_wanted = sum(right.values()), sum(found.values()), sum(wanted.values())
    f1 = lambda r, f, w: 2 * r / max(f + w, 1)
    print("%s: %d sentences, %d events; P %.3f R %.3f F1 %.3f; with both sides F1 %.3f; sides right %.3f; sentences with nothing that got one %.3f" % (
        a.tier, len(records), n_wanted, n_right / max(n_found, 1), n_right / max(n_wanted, 1), f1(n_right, n_found, n_wanted),
        f1(who, n_found, n_wanted), sides / max(2 * n_right, 1), alarm / max(nothing, 1)))
    for k in sorted(wanted | found):
        print("  %-10s P %.2f R %.2f F1 %.2f (%d found, %d marked)" % (k, right[k] / max(found[k], 1), told[k] / max(wanted[k], 1),
                                                                       f1((right[k] + told[k]) / 2, found[k], wanted[k]), found[k], wanted[k]))
    for k, (ok, bad) in sorted(frames.items(), key=lambda x: -x[1][1]) if a.frames else ():
        if bad > 1:
            print("  %3d wrong %3d right  %s" % (bad, ok, k))
    for k, v in sorted(faults.items()) if a.show else ():
        print("%s %s" % k, *v[:a.show], sep="\n    ")


if __name__ == "__main__":
    main()

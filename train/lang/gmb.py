# SPDX-License-Identifier: Apache-2.0
"""Events marked in sentences of DATA/text/gmb-sentences.txt, kept without their text (../events/gmb.tsv; README.md there).

    python gmb.py --data ../../shared/data MARKED.tsv[:FROM-TO] ... > ../events/gmb.tsv

MARKED.tsv is as an annotator writes it: the number of the line instead of DATE and TEXT, pieces of the sentence word for word; of the lines
FROM to TO if these are given. A line with a fault is named and left out.
"""
import argparse
import functools
import hashlib
import os
import re
import sys

import events as E

FILE = "gmb.tsv"
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "events")
PIECES = ("source", "target", "place", "when")
STATUS_OF = {v: k for k, v in E.STATUS_LETTER.items()}
HEAD = """# Events of sentences of DATA/text/gmb-sentences.txt, without their text; written by train/lang/gmb.py, not by hand. Apache-2.0.
# number of the line, checksum, EVENT ...; EVENT = trigger|PLOVER[,ALSO]|cameo|status|source;source|target|place|when|content, pieces FROM-TO in characters
"""


def lines_of(data):
    with open(os.path.join(data, "text", "gmb-sentences.txt"), encoding="utf-8") as f:
        return f.read().split("\n")


def checksum(text):
    return hashlib.sha1(text.encode()).hexdigest()[:8]


@functools.lru_cache
def _numbers(name):
    """Of ../events/NAME: N or N-N, blanks or lines between"""
    out = set()
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for a, z in re.findall(r"(\d+)-?(\d*)", "\n".join(x for x in f if x[0] != "#")):
            out.update(range(int(a), int(z or a) + 1))
    return out


def kept():
    """Numbers of the lines whose marks are not even here: to measure with"""
    return _numbers("gmb_kept.txt")


def held_out(number):
    """Is it a line of FILE that nothing is learned from?"""
    return number in _numbers("gmb_held_out.txt")


def _spans(text, parts, ns):
    return ";".join("%d-%d" % E._occurrence(text, p, n) for p, n in zip(parts, ns))


def without_text(number, text, record):
    """A line of gmb.tsv"""
    cells = [str(number), checksum(text)]
    for e in record["events"]:
        cells.append("|".join([_spans(text, [e["trigger"]], [e["trigger_n"]]), ",".join([e["plover"]] + e["also"]), e["cameo"],
                               STATUS_OF[e["status"]] + "!" * e["negated"]] + [_spans(text, e[k], e[k + "_n"]) for k in PIECES] +
                              [",".join(map(str, e["content"]))]))
    return "\t".join(cells)


def _piece(text, span):
    """12-20 -> the piece, with #N where it is not the first of its kind"""
    a, z = map(int, span.split("-"))
    part, n, at = text[a:z], 1, text.find(text[a:z])
    while at != a:
        at, n = text.find(part, at + 1), n + 1
    return part + ("#%d" % n if n > 1 else "")


def with_text(line, lines):
    """A line of gmb.tsv -> (record, faults), as events.compact gives them"""
    f = line.rstrip("\n").split("\t")
    text = lines[int(f[0]) - 1] if int(f[0]) <= len(lines) else ""
    if checksum(text) != f[1]:
        return None, ["line %s of gmb-sentences.txt is another one" % f[0]]
    out = ["2005-01-01", text]
    for cell in f[2:]:
        c = cell.split("|")
        for i in (0, 4, 5, 6, 7):
            c[i] = ";".join(_piece(text, x) for x in c[i].split(";") if x)
        out.append("|".join(c))
    return E.compact("\t".join(out))


def read(path, data, to_measure=False):
    """Records of gmb.tsv; none where DATA has not the text. Lines that are kept for measuring only where that is done."""
    if not data or not os.path.exists(os.path.join(data, "text", "gmb-sentences.txt")):
        print(path, "left out: no text/gmb-sentences.txt", file=sys.stderr)
        return []
    lines, keep, out = lines_of(data), set() if to_measure else kept(), []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line[0] == "#":
                continue
            r, faults = with_text(line, lines)
            number = int(line.split("\t")[0])
            if faults or number in keep:
                raise ValueError("%s: %s" % (path, "; ".join(faults) or "line %d is kept for measuring" % number))
            r["id"] = "gmb-%d" % number
            out.append(r)
    return out


def marked(arg, lines):
    """Records by number of FILE.tsv[:FROM-TO] as an annotator writes it; faults are told on stderr"""
    m, out = re.fullmatch(r"(.*?)(?::(\d+)-(\d+))?", arg), {}
    with open(m.group(1), encoding="utf-8") as f:
        rows = [x for x in f.read().split("\n") if x.strip()]
    for line in rows[int(m.group(2) or 1) - 1:int(m.group(3) or len(rows))]:
        number, *cells = line.split("\t")
        record, faults = E.compact("\t".join(["2005-01-01", lines[int(number) - 1]] + cells))
        for x in faults:
            print(arg, number, x, file=sys.stderr)
        if not faults:
            out[int(number)] = record
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("marked", nargs="+")
    a = ap.parse_args()
    lines, records = lines_of(a.data), {}
    for arg in a.marked:
        records.update(marked(arg, lines))
    sys.stdout.write(HEAD + "".join(without_text(k, records[k]["text"], records[k]) + "\n" for k in sorted(records)))
    print(len(records), "sentences", file=sys.stderr)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""check_events.py [--data DATA] FILE.tsv...: faults of event lines (../events/README.md), and counts; exit status 1 on a fault.

--data: where text/gmb-sentences.txt lies, for gmb.tsv (default ../../../shared/data from here)
"""
import argparse
import collections
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import events
import gmb


def main():
    bad = n = none = 0
    types = collections.Counter()
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    ap.add_argument("files", nargs="+")
    a = ap.parse_args()
    for path in a.files:
        marks = os.path.basename(path) == gmb.FILE
        lines = gmb.lines_of(a.data) if marks else []
        with open(path, encoding="utf-8") as f:
            for k, line in enumerate(f, 1):
                if marks and line[0] == "#":
                    continue
                r, faults = gmb.with_text(line, lines) if marks else events.compact(line)
                for x in faults:
                    print("%s:%d: %s" % (path, k, x))
                bad += bool(faults)
                if r:
                    n += 1
                    none += not r["events"]
                    types.update(e["plover"] for e in r["events"])
    print("%d sentences, %d with nothing, %d with faults; %s" % (n, none, bad, dict(types)))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

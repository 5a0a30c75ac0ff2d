# SPDX-License-Identifier: Apache-2.0
"""check_events.py FILE.tsv...: faults of compact event lines (../events/README.md), and counts; exit status 1 on a fault."""
import collections
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import events


def main():
    bad = n = none = 0
    types = collections.Counter()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            for k, line in enumerate(f, 1):
                r, faults = events.compact(line)
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

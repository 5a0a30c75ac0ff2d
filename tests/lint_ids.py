#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No id stands twice in a file of cases: whoever reads such a file as documents would take the second for a correction of the first."""
import json
import pathlib
import sys

found = 0
for path in sorted((pathlib.Path(__file__).parent / "corpus").rglob("*.jsonl")):
    seen = {}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        name = json.loads(line).get("id")
        if name in seen:
            print(f"{path}:{n}: the id {name} stands in line {seen[name]} already")
            found += 1
        elif name is not None:
            seen[name] = n
sys.exit(found > 0)

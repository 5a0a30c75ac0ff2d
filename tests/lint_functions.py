#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No function of src/ and cli/ has LONGEST lines or more: tests/lint_functions.py [ROOT] [--list N]

A function is what stands between a '{' and a '}' in the first column after a line that is no initialiser; its head counts.
Kernels (lang/kernel_*.c) are left out: unrolled loops. Standard library only."""
import glob, os, re, sys

LONGEST = 100
root = next((a for a in sys.argv[1:] if not a.startswith("-") and not a.isdigit()), os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
show = int(sys.argv[sys.argv.index("--list") + 1]) if "--list" in sys.argv else 0
found = []
for path in sorted(glob.glob(os.path.join(root, "src", "*", "*.[ch]")) + glob.glob(os.path.join(root, "cli", "*.[ch]"))):
    if "/kernel_" in path:
        continue
    lines = open(path, encoding="utf-8").read().split("\n")
    start = head = None
    for i, line in enumerate(lines):
        if line == "{" and start is None:
            head = i
            while head > 0 and lines[head - 1].strip() and not lines[head - 1].startswith(("}", "#", "/*", " *")) and not lines[head - 1].endswith(";"):
                head -= 1
            start = i
        elif line.startswith("}") and start is not None:
            name = re.findall(r"(\w+)\(", " ".join(lines[head:start]))
            found.append((i + 1 - head, os.path.relpath(path, root), head + 1, name[0] if name else "?"))
            start = None
found.sort(reverse=True)
for n, path, line, name in found[:show]:
    print(f"{n:4} {path}:{line} {name}")
bad = [x for x in found if x[0] >= LONGEST]
for n, path, line, name in bad:
    print(f"FAILED: {path}:{line}: {name} has {n} lines, {LONGEST} are too many")
print(f"{len(found)} functions, longest {found[0][0]} lines, {len(bad)} failed")
sys.exit(1 if bad or len(found) < 100 else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files that documents and comments name exist: tests/lint_docs.py [ROOT]

Every path that begins with a folder of the checkout, in any kept text file, is a file or a folder of it. `*` and {a,b} match at
least one; a part in capitals (NAME, FOLDER) stands for any. Links of Markdown are followed from where they stand, within a page
to its heading too. Left out: texts that are read and not written here (corpora, data of tests). Standard library only."""
import glob, itertools, os, re, sys

root = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
TOPS = "src lexicon docs tests scripts bench cli train fuzz examples include models cmake".split()
NOT_OURS = ("fuzz/corpus/", "tests/data/", "tests/fresh/", "tests/corpus/")
# What stands in no checkout: made by the build or at a run, or told of as an example.
MADE = {
    "models/accurate.dgm": "a file of its own, which need not be there",
    "models/accurate.card.md": "its card",
    "bench/growth_store": "a program that the build makes",
    "bench/lang_bench": "a program that the build makes",
    "bench/resolve_dump": "a program that the build makes",
    "docs/man/dragoman.1": "in the folder of the build",
    "cli/*.sh": "tests/CMakeLists.txt speaks from its own folder",
    "tests/corpus/gold/*.html": "scripts/same.sh takes them when there are some",
}
KINDS = (".md", ".c", ".h", ".py", ".sh", ".txt", ".cff", ".tsv", ".csv", ".svg")
PATH = re.compile(r"(?<![\w/.\-{}$*])((?:%s)/[\w./*{},+-]+)" % "|".join(TOPS))
LINK = re.compile(r"\]\(([^)\s]+)\)")


def files():
    for top, dirs, names in os.walk(root):
        rel = os.path.relpath(top, root)
        dirs[:] = sorted(d for d in dirs if not d.startswith((".", "build", "__")) and os.path.join(rel, d) != "./build")
        for name in sorted(names):
            path = os.path.normpath(os.path.join(rel, name))
            if "/" in path and path.split("/")[0] not in TOPS:
                continue
            if path.startswith(NOT_OURS) and not path.endswith(("README.md", ".py")):
                continue
            if name.endswith(KINDS) or name in ("Makefile", "NOTICE"):
                yield path


def braces(path):
    parts = [p.split(",") if i % 2 else [p] for i, p in enumerate(re.split(r"\{([^{}]*)\}", path))]
    return ["".join(x) for x in itertools.product(*parts)]


def exists(path):
    for one in braces(path):
        one = re.sub(r"\b[A-Z]{4,}\b|(?<=[/_])[A-Z]{1,}\b(?=[._])", "*", one) if not os.path.exists(os.path.join(root, one)) else one
        if not glob.glob(os.path.join(root, one)) and one not in MADE and path not in MADE:
            return False
    return True


def anchors(path):
    text = re.sub(r"```.*?```", "", open(path, encoding="utf-8").read(), flags=re.S)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in re.findall(r"^#+ +(.*)$", text, re.M)}


bad = named = 0
for path in files():
    text = open(os.path.join(root, path), encoding="utf-8", errors="replace").read()
    for n, line in enumerate(text.split("\n"), 1):
        for p in PATH.findall(line):
            p = p.rstrip(".,:;/-+{")
            named += 1
            if p.count("{") == p.count("}") and not exists(p):
                print(f"FAILED: {path}:{n}: there is no {p}")
                bad += 1
        if not path.endswith(".md"):
            continue
        for to in LINK.findall(line):
            if re.match(r"[a-z]+:", to):
                continue
            file, _, anchor = to.partition("#")
            at = os.path.join(root, os.path.dirname(path), file) if file else os.path.join(root, path)
            named += 1
            if not os.path.exists(at) or (anchor and at.endswith(".md") and anchor not in anchors(at)):
                print(f"FAILED: {path}:{n}: link to {to} leads nowhere")
                bad += 1
print(f"{named} files named, {bad} failed")
sys.exit(1 if bad or named < 500 else 0)

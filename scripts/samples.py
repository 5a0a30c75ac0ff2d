#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The README's transcripts are the build's own output.

    scripts/samples.py             runs each sample again and writes it into the README
    scripts/samples.py --check     compares, shows what differs, exit status 1 (tests/cli/readme.sh)

A sample is a comment with its command and, where only a part is shown, the lines of it; the fenced block behind it is ours to write:

    <!-- sample: build/dragoman code a.txt | lines 1-20 30-33 -->

Commands run in order in one folder that is thrown away; build/NAME.db and build/NAME.html are files in it, build/dragoman is
$DRAGOMAN or the build of this checkout. A command marked `quiet` is run for what it leaves."""
import difflib, os, re, subprocess, sys, tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
README = os.path.join(ROOT, "README.md")
SAMPLE = re.compile(r"(<!-- sample: (?P<cmd>.*?)(?: \| lines (?P<lines>[0-9 -]+))?(?P<quiet> \| quiet)? -->\n)(?:```\w*\n(?P<text>.*?)```\n)?", re.S)


def run(command, work):
    program = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build", "dragoman")))
    command = re.sub(r"build/(\w+\.(?:db|html))", lambda m: os.path.join(work, m.group(1)), command).replace("build/dragoman", program)
    env = dict(os.environ, LC_ALL="C.UTF-8", COLUMNS="100", NO_COLOR="1")
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"samples.py: {command}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout.strip("\n").split("\n")


def cut(out, ranges):
    """The lines asked for, with "..." where some were left out."""
    if not ranges:
        return out
    shown, last = [], 0
    for r in ranges.split():
        a, b = (int(x) for x in r.split("-"))
        if a != last + 1:
            shown.append("...")
        shown += out[a - 1:b]
        last = b
    return shown + (["..."] if last < len(out) else [])


page = open(README, encoding="utf-8").read()
with tempfile.TemporaryDirectory() as work:
    def again(m):
        out = run(m["cmd"], work)
        if m["quiet"]:
            return m[1]
        return m[1] + "```\n" + "\n".join(line.rstrip() for line in cut(out, m["lines"])) + "\n```\n"

    new = SAMPLE.sub(again, page)
if "--check" not in sys.argv:
    open(README, "w", encoding="utf-8").write(new)
elif new != page:
    sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), new.splitlines(True), "README.md", "what the build prints", n=1))
    sys.exit("the README shows what the build no longer prints; scripts/samples.py writes it anew")

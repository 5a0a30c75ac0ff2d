#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`stream` from log to log against `code` from file to file, pair by pair: bench/stream.sh [PAIRS [THREADS]]

Both code the same news: the articles of tests/corpus/gold, many times over with ids of their own. The log is librdkafka's mock cluster in
a process of its own, on the same machine. A rate is (N - n) / (time of N - time of n), so that starting, the model and the group's
first meeting are left out. Printed: each pair, and the middle of their ratios; of time that passed and of time of the processor."""
import glob, json, os, re, resource, statistics, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "tests", "kafka"))
build = os.path.join(here, "..", "build")
dragoman, mock = os.path.join(build, "dragoman"), os.path.join(build, "tests", "kafka_mock")
pairs, threads = int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2] if len(sys.argv) > 2 else "1"
LARGE, SMALL = 4000, 400


def articles(n):
    files = sorted(glob.glob(os.path.join(here, "..", "tests", "corpus", "gold", "*.txt")))
    texts = [(open(f, encoding="utf-8").read(), re.search(r"\d{4}-\d\d-\d\d", f)) for f in files]
    return [json.dumps({"id": f"a{i}", "published": d[0] if d else None, "text": t}) for i, (t, d) in ((i, texts[i % len(texts)]) for i in range(n))]


def timed(*cmd, **kw):
    before, t = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(cmd, check=True, **kw)
    took, after = time.monotonic() - t, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    ratios, cpus = [], []
    with tempfile.TemporaryDirectory() as tmp:
        for n, lines in ((SMALL, articles(SMALL)), (LARGE, articles(LARGE))):
            open(f"{tmp}/{n}.jsonl", "w").write("".join(x + "\n" for x in lines))
        cluster = subprocess.Popen([mock, "cluster"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        brokers = cluster.stdout.readline().strip()
        for topic in [str(SMALL), str(LARGE)]:
            cluster.stdin.write(f"topic {topic} 4\n")
            cluster.stdin.flush()
            cluster.stdout.readline()
            subprocess.run([mock, "put", brokers, topic], input="".join(f"{i}\t{x}" for i, x in enumerate(open(f"{tmp}/{topic}.jsonl"))), text=True, check=True)
        for pair in range(pairs):
            out = f"events{pair}"
            cluster.stdin.write(f"topic {out} 4\n")
            cluster.stdin.flush()
            cluster.stdout.readline()
            code = [timed(dragoman, "code", "--input", "jsonl", "-j", threads, f"{tmp}/{n}.jsonl", stdout=open(f"{tmp}/out", "w")) for n in (SMALL, LARGE)]
            stream = [timed(dragoman, "stream", "--quiet", "--input", "jsonl", "-j", threads, "--in", f"kafka://{brokers}/{n}", "--out", f"kafka://{brokers}/{out}",
                            "--group", f"g{pair}.{n}", "--limit", str(n)) for n in (SMALL, LARGE)]
            rate = [(LARGE - SMALL) / (x[1][0] - x[0][0]) for x in (code, stream)]
            cpu = [(LARGE - SMALL) / (x[1][1] - x[0][1]) for x in (code, stream)]
            ratios.append(rate[1] / rate[0])
            cpus.append(cpu[1] / cpu[0])
            print(f"code {rate[0]:.0f} documents a second, stream {rate[1]:.0f}: {ratios[-1]:.3f}; by time of the processor {cpus[-1]:.3f}", flush=True)
        cluster.stdin.close()
        cluster.wait()
    print(f"{threads} thread(s), {pairs} pairs, {LARGE} documents: stream at {statistics.median(ratios):.2f} of code ({statistics.median(cpus):.2f} by time of the processor)")


main()

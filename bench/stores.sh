#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bench/stores.sh [BUILD [RECORDS]]: a store in PostgreSQL against one in a file: rate of ingest, times of questions. Needs PG* of a server
# where databases may be made; BENCH=1 scripts/test_doors_pg.sh starts one. Turn by turn, the median of 5: docs/integrations.md has the figures.
set -eu
cd "$(dirname "$0")/.."
python3 - "${1:-build}" "${2:-1500}" <<'P'
import importlib.util, json, os, statistics, subprocess, sys, tempfile, time
build, n = sys.argv[1], int(sys.argv[2])
spec = importlib.util.spec_from_file_location("growth", "bench/growth.py")
growth = importlib.util.module_from_spec(spec)
spec.loader.exec_module(growth)
dragoman, folder = os.path.join(build, "dragoman"), tempfile.TemporaryDirectory()
news = os.path.join(folder.name, "news.jsonl")
with open(news, "w") as f:
    texts = growth.natural(None)
    for i in range(n):
        f.write(json.dumps({"id": f"b{i:06d}", "date": f"20{10 + i // 336 % 90:02d}-{i // 28 % 12 + 1:02d}-{i % 28 + 1:02d}", "text": next(texts)[:6000]}) + "\n")
os.environ["DRAGOMAN_DATA"] = build


def timed(*args):
    began = time.perf_counter()
    p = subprocess.run([dragoman, *args], capture_output=True)
    if p.returncode > 1:
        sys.exit(p.stderr.decode())
    return time.perf_counter() - began


rates = {"file": [], "server": []}
for turn in range(3):
    for kind in rates:
        db = os.path.join(folder.name, f"{turn}.db")
        if kind == "server":
            subprocess.run(["createdb", "-T", "template0", "-E", "UTF8", f"bench{turn}"], check=True)
            db = f"postgresql:///bench{turn}"
        rates[kind].append(n / timed("ingest", "--quiet", "--db", db, "--input", "jsonl", news))
file, server = (statistics.median(rates[k]) for k in ("file", "server"))
print(f"ingest of {n} records: file {file:.0f} a second, server {server:.0f}: {server / file:.2f}")
dbs = {"file": os.path.join(folder.name, "0.db"), "server": "postgresql:///bench0"}
start = statistics.median(timed("date", "yesterday") for _ in range(5))
for name, args in (("board", ["situation", "--format", "json"]), ("open items of an actor", ["situation", "--actor", "USA", "--open", "--format", "json"]),
                   ("known on a day", ["situation", "--known-on", "2011-06-01", "--format", "json"]), ("timeline", ["timeline", "--format", "json"]),
                   ("timeline of a month", ["timeline", "--from", "2011-03-01", "--to", "2011-03-31", "--format", "json"]), ("series", ["series", "--format", "csv"]),
                   ("search, a rare word", ["search", "ceasefire"]), ("search, a frequent word", ["search", "president"]), ("search, two words", ["search", "the troops"]),
                   ("SQL", ["sql", "SELECT plover, count(*) AS n FROM event GROUP BY plover ORDER BY n DESC"]), ("brief", ["brief"])):
    t = {k: [] for k in dbs}
    for _ in range(5):
        for k, db in dbs.items():
            t[k].append(timed(args[0], "--db", db, *args[1:]))
    f, s = (statistics.median(t[k]) for k in ("file", "server"))
    print(f"{name}: file {f * 1e3:.0f} ms, server {s * 1e3:.0f} ms: {s / f:.2f}")
P

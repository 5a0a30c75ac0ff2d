# SPDX-License-Identifier: Apache-2.0
"""What mock_test.py and broker_test.py share: news to send, a client (tests/kafka/mock.c), workers to start and end."""
import json, os, random, signal, subprocess, time

PLACES = ["Norland", "Suland", "Westmark", "Estria"]


def news(n, seed=1):
    """n short articles, each with its own id; all but the names of the days is the same text over and over."""
    rnd = random.Random(seed)
    lines = []
    verbs = ["Kenya accused {b} of shelling a village near the border on {d}. \"We will answer,\" said the Kenyan foreign minister.",
             "{b} and Kenya signed a ceasefire on {d}, and their presidents will meet in Nairobi next week.",
             "Chile demanded that {b} withdraw its troops by Friday. {b} rejected the demand on {d}.",
             "Portugal imposed sanctions on {b} on {d} after the army of {b} arrested 40 protesters."]
    for i in range(n):
        text = " ".join(rnd.choice(verbs).format(b=rnd.choice(["Sudan", "Peru", "Norway", "Japan"]), d=rnd.choice(["Monday", "Tuesday", "Sunday"])) for _ in range(1 + i % 4))
        lines.append(json.dumps({"id": f"n{i}", "published": "2019-03-%02d" % (1 + i % 28), "title": f"Report {i}", "text": text}))
    return lines


class Kit:
    def __init__(self, dragoman, mock, tmp):
        self.dragoman, self.mock, self.tmp, self.brokers = dragoman, mock, tmp, None
        self.env = {**os.environ, "XDG_CONFIG_HOME": os.path.join(tmp, "config"), "DRAGOMAN_LEXICON": "", "LC_ALL": "C.UTF-8"}
        self.env = {k: v for k, v in self.env.items() if not k.startswith("DRAGOMAN_KAFKA_")}

    def uri(self, topic):
        return f"kafka://{self.brokers}/{topic}"

    def client(self, *args, text=None):
        r = subprocess.run([self.mock, args[0], self.brokers, *map(str, args[1:])], input=text, capture_output=True, text=True, timeout=300)
        if r.returncode:
            raise RuntimeError(f"mock {' '.join(map(str, args))}: status {r.returncode}: {r.stderr.strip()}")
        return r.stdout

    def put(self, topic, lines, key=lambda i: f"k{i}"):
        """Values as messages, with keys so that they spread over the partitions."""
        self.client("put", topic, text="".join(f"{key(i)}\t{line}\n" for i, line in enumerate(lines)))

    def get(self, topic):
        """[(key, value, headers)] in order of partition and offset."""
        rows = []
        for line in self.client("get", topic).splitlines():
            p, o, key, value, *heads = line.split("\t")
            rows.append((int(p), int(o), key, value, dict(h.split("=", 1) for h in heads)))
        return [r[2:] for r in sorted(rows, key=lambda r: r[:2])]

    def committed(self, group, topic, n):
        return int(self.client("committed", group, topic, n))

    def start(self, *args, env=None, err=None):
        return subprocess.Popen([self.dragoman, "stream", "--quiet", *args], env={**self.env, **(env or {})}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=err or subprocess.PIPE, text=True)

    def run(self, *args, env=None, timeout=120):
        """(status, stdout, stderr)"""
        p = self.start(*args, env=env)
        try:
            out, err = p.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            p.kill()
            out, err = p.communicate()
            raise AssertionError(f"did not end within {timeout} s: {' '.join(args)}\n{err}")
        return p.returncode, out, err

    def code(self, lines):
        """{key: record} of the `code` command."""
        path = os.path.join(self.tmp, f"code{random.random()}.jsonl")
        with open(path, "w") as f:
            f.write("".join(x + "\n" for x in lines))
        r = subprocess.run([self.dragoman, "code", "--input", "jsonl", path], env=self.env, capture_output=True, text=True, check=True)
        return {json.loads(x)["doc"]["id"]: x for x in r.stdout.splitlines()}


def end(p, sig=signal.SIGTERM, timeout=60):
    """Status and stderr of a worker that was told to end."""
    p.send_signal(sig)
    try:
        return p.wait(timeout), p.stderr.read() if p.stderr else ""
    except subprocess.TimeoutExpired:
        p.kill()
        raise AssertionError("a worker did not end when it was told to")


def wait_for(what, seconds, each=0.1):
    t = time.time()
    while time.time() - t < seconds:
        got = what()
        if got:
            return got
        time.sleep(each)
    return what()


def by_key(rows):
    """{key: value}, how many came more than once, and the keys that have two different values."""
    seen, twice, differ = {}, 0, set()
    for key, value, _ in rows:
        if key in seen:
            twice += 1
            if seen[key] != value:
                differ.add(key)
        seen[key] = value
    return seen, twice, differ

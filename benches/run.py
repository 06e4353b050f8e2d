#!/usr/bin/env python3
"""Runs the benchmarks side by side and writes their table: see docs/benchmarks.md.

Every comparison is made in this one run, in alternating rounds against one stand-in in another process; figures are
medians. Instructions are what callgrind counts in the client's process, the difference of a long and a short run.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import official
from figures import SOLVE_HEAD, at_most, machine, mega, memory_goal, micro, ratio, solve_row, thousand, threads_goal

ROOT = pathlib.Path(__file__).resolve().parent.parent
MULTI = 64  # connections given to libcurl multi, which is slower with more and slower with fewer
MACHINE_ROOTS = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
SECTIONS = ("calls", "solves", "latency", "secure", "many", "limits", "offline", "catalogue", "load")


class Bench:
    def __init__(self, target, rounds):
        self.bin = target / "bench"
        self.target = target
        self.rounds = rounds
        self.sections = []
        self.valgrind = shutil.which("valgrind")
        self.serving = None

    @contextlib.contextmanager
    def stand_in(self, **config):
        program = os.environ.get("BENCH_STAND_IN", str(self.target / "release/examples/bench-stand-in"))
        process = subprocess.Popen(
            [program, json.dumps(config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            url = process.stdout.readline().strip()
            if not url:
                sys.exit("the stand-in did not start")
            self.serving = process.pid
            yield url
        finally:
            self.serving = None
            process.stdin.close()
            process.wait()

    @contextlib.contextmanager
    def secure_stand_in(self, **config):
        """One with TLS; gives its URL, the file of its root alone, and one of the machine's roots and that."""
        with tempfile.TemporaryDirectory() as folder:
            own, all_roots = pathlib.Path(folder) / "own.pem", pathlib.Path(folder) / "all.pem"
            with self.stand_in(tls=str(own), **config) as url:
                machine = MACHINE_ROOTS.read_text() if MACHINE_ROOTS.exists() else ""
                all_roots.write_text(machine + own.read_text())
                yield url, own, all_roots

    def run(self, name, *args, env=None):
        command = [str(self.bin / name), *map(str, args)]
        served = self.stand_in_cpu()
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=env)
        found = json.loads(done.stdout)
        if self.serving and "count" in found:
            found["served_us"] = (self.stand_in_cpu() - served) * 1e6 / found["count"]
        return found

    def stand_in_cpu(self):
        """Seconds of processor time that the stand-in has used."""
        if not self.serving:
            return 0
        fields = pathlib.Path(f"/proc/{self.serving}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def side_by_side(self, *runs, rounds=None, roots=None):
        """Medians of each (name, arguments), the rounds of all of them in turn."""
        env = {**os.environ, "BENCH_ROOTS": str(roots)} if roots else None
        found = [[] for _ in runs]
        for _ in range(rounds or self.rounds):
            for place, (name, *args) in zip(found, runs):
                place.append(self.run(name, *args, env=env))
        return [{key: statistics.median(one[key] for one in each) for key in each[0]} for each in found]

    def instructions(self, name, before, short, long, roots=None):
        """Instructions for one piece of work; None without valgrind."""
        if self.valgrind is None:
            return None
        env = {**os.environ, "BENCH_ROOTS": str(roots)} if roots else None
        counts = []
        for count in (short, long):
            command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", self.bin / name]
            done = subprocess.run(
                [*map(str, command), *map(str, before), str(count)], capture_output=True, text=True, check=True,
                env=env,
            )
            counts.append(int(re.search(r"Collected : (\d+)", done.stderr).group(1)))
        return (counts[1] - counts[0]) / (long - short)

    def table(self, title, head, rows, goals):
        lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines += ["", "| goal | found | met |", "| --- | --- | --- |"] if goals else []
        lines += [f"| {goal} | {found} | {'yes' if met else '**no**'} |" for goal, found, met in goals]
        text = "\n".join(lines) + "\n"
        print(text, flush=True)
        self.sections.append(text)

    def calls(self):
        count = 20000
        names = ("captask_calls", "curl_calls")
        with self.stand_in() as url:
            plain = self.side_by_side(*((name, url, count) for name in names))
            plain_counted = [self.instructions(name, [url], 200, 1200) for name in names]
        with self.secure_stand_in() as (url, _, roots):
            secure = self.side_by_side(*((name, url, count) for name in names), roots=roots)
            secure_counted = [self.instructions(name, [url], 200, 1200, roots=roots) for name in names]
        rows, goals = [], []
        for kind, found, counted in (("plain", plain, plain_counted), ("TLS", secure, secure_counted)):
            rows += [
                [f"{name}, {kind}", micro(r["cpu_us"]), micro(r["wall_s"] * 1e6 / count), thousand(i),
                 f"{r['connects']:.0f}", f"{r['threads']:.0f}", mega(r["peak_kb"]), micro(r["served_us"])]
                for name, r, i in zip(("captask", "libcurl, easy handle"), found, counted)
            ]
            goals.append(at_most(f"CPU at most 0.65 of libcurl's, {kind}", "cpu_us", 0.65, *found))
            goals.append(at_most(f"wall time at most libcurl's, {kind}", "wall_s", 1, *found))
        self.table(
            f"getBalance × {count:,}, one after another",
            ["client", "CPU a call", "wall a call", "instructions a call", "connections", "threads", "peak memory",
             "stand-in's CPU a call"],
            rows, goals,
        )

    def solves(self):
        count = 2000
        with self.stand_in(solveMs=3000) as url:
            ours, curl = self.side_by_side(("captask_solves", url, count), ("curl_solves", url, count, MULTI))
            counted = [self.instructions(name, [url], 100, 500) for name in ("captask_solves", "curl_solves")]
        self.table(
            f"{count:,} solves at once, ready after 3 s, a service that answers at once",
            SOLVE_HEAD,
            [
                solve_row("captask", ours, thousand(counted[0])),
                solve_row(f"libcurl multi, {MULTI} connections", curl, thousand(counted[1])),
            ],
            [
                at_most("CPU a solve at most 0.75 of libcurl multi's", "cpu_us", 0.75, ours, curl),
                memory_goal(ours, 11),
                threads_goal(ours),
            ],
        )

    def latency(self):
        count, delay = 2000, 100
        with self.stand_in(solveMs=3000, latencyMs=delay) as url:
            ours, curl, wide = self.side_by_side(
                ("captask_solves", url, count), ("curl_solves", url, count, MULTI), ("curl_solves", url, count, count),
                rounds=min(self.rounds, 5),
            )
        self.table(
            f"{count:,} solves at once, ready after 3 s, {delay} ms for each request",
            SOLVE_HEAD,
            [
                solve_row("captask", ours, ""),
                solve_row(f"libcurl multi, {MULTI} connections", curl, ""),
                solve_row("libcurl multi, unlimited", wide, ""),
            ],
            [
                at_most("wall time at most 1.12 of unlimited connections", "wall_s", 1.12, ours, wide),
                at_most(f"CPU a solve at most 0.75 of {MULTI} connections", "cpu_us", 0.75, ours, curl),
                memory_goal(ours, 20),
                threads_goal(ours),
            ],
        )

    def secure(self):
        count, delay = 2000, 100
        with self.secure_stand_in(solveMs=3000, latencyMs=delay) as (url, own, roots):
            runs = ("captask_solves", url, count), ("curl_solves", url, count, MULTI)
            ours, curl = self.side_by_side(*runs, rounds=min(self.rounds, 5), roots=roots)
            ours_own, curl_own = self.side_by_side(*runs, rounds=min(self.rounds, 3), roots=own)
        self.table(
            f"The same over TLS: {delay} ms for each request",
            SOLVE_HEAD,
            [
                solve_row("captask, the machine's roots", ours, ""),
                solve_row(f"libcurl multi, {MULTI} connections, the machine's roots", curl, ""),
                solve_row("captask, the server's root alone", ours_own, ""),
                solve_row(f"libcurl multi, {MULTI} connections, the server's root alone", curl_own, ""),
            ],
            [
                at_most("CPU a solve at most 0.30 of libcurl multi's", "cpu_us", 0.30, ours, curl),
                memory_goal(ours, 25),
                threads_goal(ours),
            ],
        )

    def many(self):
        with self.stand_in(solveMs=3000) as url:
            [ten] = self.side_by_side(("captask_solves", url, 10000), rounds=3)
        with self.stand_in(solveMs=3600000) as url:
            [hundred] = self.side_by_side(("captask_waiting", url, 100000), rounds=1)
        self.table(
            "Many tasks in flight, captask alone",
            ["work", "CPU a task", "wall", "memory", "connections", "threads"],
            [
                ["10,000 solves at once", micro(ten["cpu_us"]), f"{ten['wall_s']:.2f} s",
                 f"{mega(ten['peak_kb'])} at the peak", f"{ten['connects']:.0f}", f"{ten['threads']:.0f}"],
                ["100,000 bought and waiting", f"{micro(hundred['submit_us'])} to submit", "",
                 f"{hundred['waiting_bytes']:.0f} bytes each, {hundred['peak_bytes']:.0f} at the peak",
                 f"{hundred['connects']:.0f}", f"{hundred['threads']:.0f}"],
            ],
            [
                memory_goal(ten, 16),
                ("100,000 waiting: at most 700 bytes each", f"{hundred['waiting_bytes']:.0f} bytes",
                 hundred["waiting_bytes"] <= 700),
                threads_goal(hundred),
            ],
        )

    def limits(self):
        """What must not grow with the number of tasks."""
        with self.stand_in(solveMs=3600000) as url:
            stop, close = (self.side_by_side(("captask_limits", what, url, 300000), rounds=3)[0]
                           for what in ("stop", "close"))
        # Nothing is answered, so that nearly all of them are still to be sent.
        with self.stand_in(latencyMs=3600000) as url:
            [cancel] = self.side_by_side(("captask_limits", "cancel", url, 150000), rounds=3)
            [free] = self.side_by_side(("captask_limits", "free", url, 40000))
        with self.stand_in(solveMs=60000) as url:
            [balance] = self.side_by_side(("captask_limits", "balance", url, 10000), rounds=3)
        milli = lambda value: f"{value:.2f} ms"
        self.table(
            "Limits that hold at size, captask alone",
            ["what", "found"],
            [
                ["captask_stop with 300,000 tasks in flight", f"{milli(stop['call_ms'])}; the last of 8 blocked callers "
                 f"is back after {milli(stop['last_back_ms'])}"],
                ["captask_close with 300,000 tasks in flight", f"{milli(close['call_ms'])}; the last of 8 blocked "
                 f"callers is back after {milli(close['last_back_ms'])}"],
                ["150,000 captask_cancel in order, guard.tasksPerMinute set",
                 f"{milli(cancel['all_ms'])}, of it {milli(cancel['cpu_ms'])} of processor time"],
                ["captask_free with 1,000 and with 40,000 answers held",
                 f"{free['few_us']:.3f} µs and {free['many_us']:.3f} µs"],
                ["captask_get_balance beside 10,000 in flight, each polled twice a second",
                 f"{milli(balance['p50_ms'])} in the middle, {milli(balance['p99_ms'])} at the 99th percentile"],
            ],
            [
                ("blocked callers are back within 100 ms",
                 milli(max(stop["last_back_ms"], close["last_back_ms"])),
                 max(stop["last_back_ms"], close["last_back_ms"]) <= 100),
                ("150,000 cancelled within 1 s", milli(cancel["all_ms"]), cancel["all_ms"] <= 1000),
                ("captask_free under 1 µs", f"{free['many_us']:.3f} µs", free["many_us"] < 1),
                ("captask_get_balance within 5 ms at the 99th percentile", milli(balance["p99_ms"]),
                 balance["p99_ms"] <= 5),
            ],
        )

    def offline(self):
        check, opened = self.side_by_side(("captask_offline", "check", 100000), ("captask_offline", "open", 2000))
        counted = [self.instructions("captask_offline", [what], 100, 1100) for what in ("check", "open")]
        self.table(
            "Without a network",
            ["call", "the first", "each later one", "instructions"],
            [
                ["captask_check of a typical request", micro(check["first_us"]), micro(check["each_us"]),
                 thousand(counted[0])],
                ["captask_open and captask_close", micro(opened["first_us"]), micro(opened["each_us"]),
                 thousand(counted[1])],
            ],
            [
                ("captask_check under 5 µs", micro(check["each_us"]), check["each_us"] < 5),
                ("captask_open and captask_close under 100 µs", micro(opened["each_us"]), opened["each_us"] < 100),
            ],
        )

    def catalogue(self):
        """The same with a library whose catalogue has every type twice, built from a copy of the sources."""
        library, shapes = double_catalogue(self.target)
        env = {**os.environ, "LD_PRELOAD": str(library)}
        found = {}
        for what, count in (("check", 100000), ("open", 2000)):
            plain, double = [], []
            for _ in range(self.rounds):
                plain.append(self.run("captask_offline", what, count))
                double.append(self.run("captask_offline", what, count, env=env))
            found[what] = [
                {key: statistics.median(one[key] for one in each) for key in each[0]} for each in (plain, double)
            ]
        names = {"check": "captask_check", "open": "captask_open and captask_close"}
        rows, goals = [], []
        for what, (plain, double) in found.items():
            rows.append([names[what], micro(plain["each_us"]), micro(double["each_us"]), micro(plain["first_us"]),
                         micro(double["first_us"])])
            goals.append((f"no measurable growth of {names[what]} (within 5 %)",
                          ratio(double["each_us"], plain["each_us"]), double["each_us"] <= plain["each_us"] * 1.05))
        self.table(
            f"A catalogue of twice the size ({shapes} shapes instead of {shapes // 2})",
            ["call", "each", "each, double", "the first", "the first, double"], rows, goals,
        )

    def load(self):
        """Each in a process of its own, the rounds in turn."""
        curl = next(iter(pathlib.Path("/").glob("usr/lib/*/libcurl.so.4")), None)
        clients = [("captask, captask_open", lambda: self.run("load", self.target / "release/libcaptask.so"))]
        if curl:
            clients.append(("libcurl, curl_easy_init", lambda: self.run("load", curl)))
        clients += official.clients(self.target / "official")
        found = {name: [] for name, _ in clients}
        for _ in range(max(self.rounds, 15)):
            for name, once in clients:
                found[name].append(once())
        rows = [[name, *(micro(statistics.median(r[key] for r in runs)) for key in ("load_us", "open_us", "both_us"))]
                for name, runs in found.items()]
        both = statistics.median(r["both_us"] for r in found["captask, captask_open"])
        self.table(
            "Load: from nothing to the first client",
            ["client", "dlopen or import", "first handle or client", "both"], rows,
            [("under 3 ms", micro(both), both < 3000)],
        )


def double_catalogue(target):
    copy = target / "bench-double"
    copy.mkdir(parents=True, exist_ok=True)
    for name in ("src", "include", "shared"):
        shutil.copytree(ROOT / name, copy / name, dirs_exist_ok=True)
    for name in ("Cargo.toml", "Cargo.lock", "build.rs"):
        shutil.copy(ROOT / name, copy / name)
    manifest = (copy / "Cargo.toml").read_text()
    (copy / "Cargo.toml").write_text(re.sub(r"\[\[example\]\]\n(.+\n)+", "", manifest))
    data = copy / "src/protocol/catalog/data/tasks.json"
    catalogue = json.loads((ROOT / "src/protocol/catalog/data/tasks.json").read_text())
    again = json.loads(json.dumps(catalogue["tasks"]))
    for shape in again:
        shape["id"] += "Again"
        shape["type"] += "Again"
        shape["aliases"] = [alias + "Again" for alias in shape.get("aliases", [])]
        if "variantOf" in shape:
            shape["variantOf"] += "Again"
        shape["exampleRequest"]["type"] = shape["type"]
    catalogue["tasks"] += again
    data.write_text(json.dumps(catalogue))
    command = ["cargo", "build", "--release", "--lib", "--target-dir", str(copy / "target")]
    subprocess.run(command, cwd=copy, check=True)
    return copy / "target/release/libcaptask.so", len(catalogue["tasks"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", type=pathlib.Path, default=ROOT / "target", help="cargo's target directory")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison")
    parser.add_argument("--only", choices=SECTIONS, nargs="*", default=SECTIONS, help="parts to run")
    parser.add_argument("--write", type=pathlib.Path, help="page whose table is replaced, when every part is run")
    options = parser.parse_args()
    bench = Bench(options.target.resolve(), options.rounds)
    for section in SECTIONS:
        if section in options.only:
            getattr(bench, section)()
    if options.write and list(options.only) == list(SECTIONS):
        page = options.write.read_text()
        begin, end = "<!-- results -->\n", "<!-- end of results -->"
        if begin not in page or end not in page:
            sys.exit(f"{options.write}: no place for the results")
        text = f"\nMachine: {machine()}. {options.rounds} rounds.\n\n" + "\n".join(bench.sections) + "\n"
        options.write.write_text(page.split(begin)[0] + begin + text + end + page.split(end)[1])


if __name__ == "__main__":
    main()

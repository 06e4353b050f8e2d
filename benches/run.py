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
import platform
import re
import shutil
import statistics
import subprocess
import sys

import official

ROOT = pathlib.Path(__file__).resolve().parent.parent
POOL = 64  # maxConnections as it comes, and the limit given to libcurl multi
SECTIONS = ("calls", "solves", "many", "latency", "offline", "catalogue", "load")


class Bench:
    def __init__(self, target, rounds):
        self.bin = target / "bench"
        self.target = target
        self.rounds = rounds
        self.sections = []
        self.valgrind = shutil.which("valgrind")

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
            yield url
        finally:
            process.stdin.close()
            process.wait()

    def run(self, name, *args, env=None):
        command = [str(self.bin / name), *map(str, args)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=env)
        return json.loads(done.stdout)

    def side_by_side(self, *runs, rounds=None):
        """Medians of each (name, arguments), the rounds of all of them in turn."""
        found = [[] for _ in runs]
        for _ in range(rounds or self.rounds):
            for place, (name, *args) in zip(found, runs):
                place.append(self.run(name, *args))
        return [{key: statistics.median(one[key] for one in each) for key in each[0]} for each in found]

    def instructions(self, name, before, short, long):
        """Instructions for one piece of work; None without valgrind."""
        if self.valgrind is None:
            return None
        counts = []
        for count in (short, long):
            command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", self.bin / name]
            done = subprocess.run(
                [*map(str, command), *map(str, before), str(count)], capture_output=True, text=True, check=True
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
        with self.stand_in() as url:
            ours, curl = self.side_by_side(("captask_calls", url, count), ("curl_calls", url, count))
            counted = [self.instructions(name, [url], 200, 1200) for name in ("captask_calls", "curl_calls")]
        rows = [
            [name, micro(r["cpu_us"]), micro(r["wall_s"] * 1e6 / count), thousand(i), f"{r['connects']:.0f}",
             f"{r['threads']:.0f}", mega(r["peak_kb"])]
            for name, r, i in (("captask", ours, counted[0]), ("libcurl, easy handle", curl, counted[1]))
        ]
        self.table(
            f"getBalance × {count:,}, one after another",
            ["client", "CPU a call", "wall a call", "instructions a call", "connections", "threads", "peak memory"],
            rows,
            [
                ("CPU at most libcurl's", ratio(ours["cpu_us"], curl["cpu_us"]), ours["cpu_us"] <= curl["cpu_us"]),
                ("wall time at most libcurl's", ratio(ours["wall_s"], curl["wall_s"]), ours["wall_s"] <= curl["wall_s"]),
            ],
        )

    def solves(self):
        count = 2000
        with self.stand_in(solveMs=3000) as url:
            ours, curl = self.side_by_side(("captask_solves", url, count), ("curl_solves", url, count, POOL))
            counted = [self.instructions(name, [url], 100, 500) for name in ("captask_solves", "curl_solves")]
        self.table(
            f"{count:,} solves at once, ready after 3 s",
            ["client", "CPU a solve", "wall", "instructions a solve", "requests a solve", "connections", "threads",
             "peak memory"],
            [
                solve_row("captask", ours, thousand(counted[0])),
                solve_row(f"libcurl multi, {POOL} connections", curl, thousand(counted[1])),
            ],
            [
                ("CPU a solve at most libcurl's", ratio(ours["cpu_us"], curl["cpu_us"]), ours["cpu_us"] <= curl["cpu_us"]),
                threads_goal(ours),
            ],
        )

    def many(self):
        with self.stand_in(solveMs=3000) as url:
            [ten] = self.side_by_side(("captask_solves", url, 10000), rounds=3)
        with self.stand_in(solveMs=3600000) as url:
            [hundred] = self.side_by_side(("captask_waiting", url, 100000), rounds=1)
        beyond = hundred["waiting_bytes"] - hundred["request_bytes"]
        peak = hundred["peak_bytes"] - hundred["request_bytes"]
        self.table(
            "Many tasks in flight, captask alone",
            ["work", "CPU a task", "wall", "memory", "connections", "threads"],
            [
                ["10,000 solves at once", micro(ten["cpu_us"]), f"{ten['wall_s']:.2f} s",
                 f"{mega(ten['peak_kb'])} at the peak", f"{ten['connects']:.0f}", f"{ten['threads']:.0f}"],
                ["100,000 bought and waiting", f"{micro(hundred['submit_us'])} to submit", "",
                 f"{hundred['waiting_bytes']:.0f} bytes each, {hundred['peak_bytes']:.0f} at the peak; the request "
                 f"has {hundred['request_bytes']:.0f}", f"{hundred['connects']:.0f}", f"{hundred['threads']:.0f}"],
            ],
            [
                ("10,000 in flight under 60 MB", mega(ten["peak_kb"]), ten["peak_kb"] < 60 * 1024),
                ("100,000 waiting under 1 KB each beyond the request's text",
                 f"{beyond:.0f} bytes, {peak:.0f} at the peak", peak < 1024),
                threads_goal(hundred),
            ],
        )

    def latency(self):
        count, delay = 2000, 100
        with self.stand_in(solveMs=3000, latencyMs=delay) as url:
            ours, curl, wide = self.side_by_side(
                ("captask_solves", url, count), ("curl_solves", url, count, POOL), ("curl_solves", url, count, count),
                rounds=3,
            )
        self.table(
            f"{count:,} solves at once, ready after 3 s, {delay} ms for each request",
            ["client", "CPU a solve", "wall", "instructions a solve", "requests a solve", "connections", "threads",
             "peak memory"],
            [
                solve_row("captask", ours, ""),
                solve_row(f"libcurl multi, {POOL} connections", curl, ""),
                solve_row("libcurl multi, unlimited", wide, ""),
            ],
            [
                (f"no slower than {POOL} connections kept busy (within 5 %)", ratio(ours["wall_s"], curl["wall_s"]),
                 ours["wall_s"] <= curl["wall_s"] * 1.05),
                threads_goal(ours),
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


def micro(value):
    return f"{value / 1000:.2f} ms" if value >= 1000 else f"{value:.1f} µs"


def mega(kilobytes):
    return f"{kilobytes / 1024:.1f} MB"


def thousand(value):
    return "not counted" if value is None else f"{value / 1000:,.1f} k"


def ratio(ours, theirs):
    return f"{ours / theirs:.2f} of it"


def solve_row(name, r, instructions):
    return [name, micro(r["cpu_us"]), f"{r['wall_s']:.2f} s", instructions, f"{r['requests'] / r['count']:.2f}",
            f"{r['connects']:.0f}", f"{r['threads']:.0f}", mega(r["peak_kb"])]


def threads_goal(r):
    # The program's own thread is not the library's.
    return (f"at most maxConnections + 3 = {POOL + 3} threads", f"{r['threads'] - 1:.0f}", r["threads"] - 1 <= POOL + 3)


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]} on "
            f"{platform.machine()}; the client, the stand-in and whatever else runs share them")


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

"""How figures and goals are written in the tables of docs/benchmarks.md."""

import os
import platform

THREADS = 8
SOLVE_HEAD = ["client", "CPU a solve", "of it user", "wall", "instructions a solve", "requests a solve", "connections",
              "threads", "peak memory", "stand-in's CPU a solve"]


def micro(value):
    return f"{value / 1000:.2f} ms" if value >= 1000 else f"{value:.1f} µs"


def mega(kilobytes):
    return f"{kilobytes / 1024:.1f} MB"


def thousand(value):
    return "not counted" if value is None else f"{value / 1000:,.1f} k"


def ratio(ours, theirs):
    return f"{ours / theirs:.2f} of it"


def at_most(what, key, bound, ours, theirs):
    return (what, ratio(ours[key], theirs[key]), ours[key] <= theirs[key] * bound)


def memory_goal(r, most):
    return (f"at most {most} MB at the peak", mega(r["peak_kb"]), r["peak_kb"] <= most * 1024)


def solve_row(name, r, instructions):
    return [name, micro(r["cpu_us"]), micro(r["user_us"]), f"{r['wall_s']:.2f} s", instructions,
            f"{r['requests'] / r['count']:.2f}", f"{r['connects']:.0f}", f"{r['threads']:.0f}", mega(r["peak_kb"]),
            micro(r["served_us"])]


def threads_goal(r):
    return (f"at most {THREADS} threads", f"{r['threads']:.0f}", r["threads"] <= THREADS)


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]} on "
            f"{platform.machine()}; the client, the stand-in and whatever else runs share them")

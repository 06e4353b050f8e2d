"""Does the same job with captask and with the service's official client, against a sandbox, and writes README.md.

Usage: compare.py [--write]. Needs an environment with captask and the official client in the version that
tests/official/versions.txt pins.
"""

from __future__ import annotations

import inspect
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROUNDS = 3
#: Each job: what it is about, and how many tasks.
JOBS = {"one": ("one task", 1), "many": ("1,000 tasks at once", 1000)}


def captask_one(url: str, count: int) -> None:
    import captask

    with captask.Client(endpoint=url, clientKey="key") as client:
        task = {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "0x4KEY"}
        print(client.solve(task).solution["token"])


def official_one(url: str, count: int) -> None:
    import asyncio

    from capmonstercloudclient import CapMonsterClient, ClientOptions
    from capmonstercloudclient.requests import TurnstileRequest

    client = CapMonsterClient(options=ClientOptions(api_key="key", service_url=url))
    request = TurnstileRequest(websiteURL="https://example.com", websiteKey="0x4KEY")
    print(asyncio.run(client.solve_captcha(request))["token"])


def captask_many(url: str, count: int) -> None:
    import captask

    with captask.Client(endpoint=url, clientKey="key") as client:
        task = {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "0x4KEY"}
        for answer in client.imap([task] * count):
            print(answer if isinstance(answer, captask.CaptaskError) else answer.solution["token"])


def official_many(url: str, count: int) -> None:
    import asyncio

    from capmonstercloudclient import CapMonsterClient, ClientOptions
    from capmonstercloudclient.requests import TurnstileRequest

    async def solve(client: CapMonsterClient) -> None:
        request = TurnstileRequest(websiteURL="https://example.com", websiteKey="0x4KEY")
        try:
            print((await client.solve_captcha(request))["token"])
        except Exception as error:
            print(error)

    async def main() -> None:
        client = CapMonsterClient(options=ClientOptions(api_key="key", service_url=url))
        await asyncio.gather(*(solve(client) for _ in range(count)))

    asyncio.run(main())


def measured(client: str, job: str, url: str) -> dict[str, Any]:
    """One run in a process of its own: seconds, CPU seconds, peak megabytes, tokens printed."""
    command = [sys.executable, __file__, "--run", f"{client}_{job}", url, str(JOBS[job][1])]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    seconds = time.monotonic() - begun
    told = json.loads(done.stderr.splitlines()[-1]) if done.returncode == 0 else {"cpu": 0.0, "peak": 0.0}
    return {**told, "seconds": seconds, "solved": done.stdout.splitlines().count("sandbox-token")}


def lines(client: str, job: str) -> int:
    """Lines of code of a program, blank ones left out."""
    source = inspect.getsource(globals()[f"{client}_{job}"]).splitlines()
    return len([line for line in source[1:] if line.strip()])


def table() -> str:
    import captask

    versions = (HERE.parents[1] / "tests" / "official" / "versions.txt").read_text("utf-8")
    name, version = next(line.split()[1:] for line in versions.splitlines() if line.startswith("python "))
    rows = [
        f"The same job with {name} {version}, each in a process of its own against the same sandbox, where a task is",
        f"ready after 1 s. Medians of {ROUNDS} runs on one machine, written by `compare.py`; CPU and memory are of the whole",
        "process, the start of Python and the import included.",
        "",
        "| job | client | lines of code | seconds | CPU seconds | peak memory | solved |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    with captask.Sandbox(solveMs=1000, maxTasks=1_000_000) as sandbox:
        for job, (about, count) in JOBS.items():
            for client, shown in (("captask", "captask"), ("official", name)):
                runs = [measured(client, job, sandbox.url) for _ in range(ROUNDS)]
                middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                rows.append(
                    f"| {about} | {shown} | {lines(client, job)} | {middle['seconds']:.1f} | {middle['cpu']:.2f} | "
                    f"{middle['peak']:.0f} MB | {middle['solved']:.0f} of {count} |"
                )
    return "\n".join(rows)


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        globals()[sys.argv[2]](sys.argv[3], int(sys.argv[4]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        sys.stdout.flush()
        print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}), file=sys.stderr)
        # Nothing of the interpreter's end is measured, and nothing is printed behind the numbers.
        os._exit(0)
    text = table()
    print(text)
    if sys.argv[1:] == ["--write"]:
        page = (HERE / "README.md").read_text("utf-8")
        begin, end = "<!-- comparison -->\n", "<!-- comparison ends -->"
        head, tail = page.split(begin)[0], page.split(end)[1]
        (HERE / "README.md").write_text(f"{head}{begin}\n{text}\n\n{end}{tail}", "utf-8")


if __name__ == "__main__":
    main()

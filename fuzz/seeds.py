"""Writes the seeds of every fuzz target below the directory given: the catalogue's examples, and a few by hand."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "src/protocol/catalog/data"


def owner(key: str, host: str) -> str:
    """Whose journal lines are: FNV-1a of the endpoint, a NUL and the key."""
    value = 0xCBF29CE484222325
    for byte in host.encode() + b"\0" + key.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def members(value, name):
    """Every value under this member name, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield inner
            yield from members(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner, name)


def journal_line(state: str, polls: int, task: str, rest: dict) -> str:
    return f"{state} {polls:03} {task + ' http://127.0.0.1:1':<248}  " + json.dumps(rest) + "\n"


def main(out: pathlib.Path) -> None:
    tasks = json.loads((DATA / "tasks.json").read_text())
    requests = [json.dumps({"task": t, "options": {"timeoutMs": 5}, "extra": [1]}) for t in members(tasks, "exampleRequest")]
    solutions = [json.dumps({"errorId": 0, "status": "ready", "solution": s}) for s in members(tasks, "exampleSolution")]
    answers = solutions + [
        '{"errorId":0,"taskId":7654321}',
        '{"errorId":0,"status":"processing"}',
        '{"errorId":1,"errorCode":"ERROR_ZERO_BALANCE","errorDescription":"none","taskId":0}',
        '{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}',
        '{"errorId":0,"taskId":"61138bb6-19fb","captask":{},"ticket":1,"balance":0.10}',
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
        "<html><title>502</title></html>",
    ]
    http = [f"HTTP/1.1 200 OK\r\nContent-Length: {len(a)}\r\n\r\n{a}" for a in answers[-7:]]
    http += [
        "HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
    ]
    configs = [
        "{}",
        '{"clientKey":"k","endpoint":"http://127.0.0.1:1","fallbackEndpoints":["http://127.0.0.1:2"],"softId":1}',
        '{"endpoint":"sandbox:","validate":"strict","poll":{"firstMs":1,"intervalMs":2,"timeoutMs":3,"maxPolls":4}}',
        '{"proxy":"socks5://user:pass@127.0.0.1:1","tls":{"roots":"system"},"maxConnections":3,"maxInFlight":9}',
        '{"guard":{"tasksPerMinute":1,"maxTasks":2,"holdOnRefusalMs":3},"journal":"j","callTimeoutMs":5}',
        '{"callback":{"listen":"127.0.0.1:0","publicUrl":"http://127.0.0.1:0"},"connectTimeoutMs":1}',
    ]
    sandboxes = [
        "{}",
        '{"accounts":[{"key":"a","balance":0.3,"status":"banned"}],"price":0.1,"seed":7,"firstTaskId":9}',
        '{"solveMs":{"min":1,"max":2},"solveMsByType":{"TurnstileTask":3},"retentionMs":0,"maxPolls":3,"maxTasks":4}',
        '{"faults":[{"kind":"status","status":503,"rate":0.5},{"kind":"refuse","nth":2,"forMs":9}],"bans":true}',
        '{"scenario":"flaky-network","solutions":{"TurnstileTask":{"token":"t"}},"keepRequests":5,"checkTasks":false}',
    ]
    mine = {"owner": owner("k", "http://127.0.0.1:1"), "extra": {"a": 1}}
    journal = [
        journal_line("I", 0, "", mine) + journal_line("B", 7, "7654321", mine) + journal_line("D", 0, "5", mine),
        journal_line("B", 120, '"a-uuid"', {**mine, "owner": "0123456789abcdef"}) + "I 000 half a li",
        "",
    ]
    offline = [b"\0" + r.encode() for r in requests] + [b"\1" + t for t in (b"tasks", b"errors", b"task/x", b"config")]
    offline += [b"\2/solution/a~1b/0\n" + s.encode() for s in solutions[:5]] + [b"\3\xc3\xa9\"\\", b"\4abc"]
    seeds = {
        "offline": offline,
        "request": [bytes([3 * kind + n % 3]) + r.encode() for n, r in enumerate(requests) for kind in (0, 4, 5)]
        + [bytes([3 * kind]) + b'{"taskId":7,"type":"ImageToTextTask"}' for kind in (1, 2, 4, 5)]
        + [b'\x09getBalance\n{"clientKey":"own"}', b"\x09newMethod\n{}"],
        "config": [c.encode() for c in configs],
        "sandbox": [c.encode() for c in sandboxes],
        "envelope": [a.encode() for a in answers],
        "service": [bytes([2 * (n % 6) + 1]) + a.encode() for n, a in enumerate(answers)]
        + [bytes([2 * (n % 6)]) + a.encode() for n, a in enumerate(http)],
        "callback": [b"\2" + a.encode() for a in answers]
        + [b"\0POST / HTTP/1.1\r\nHost: a\r\n\r\n", b"\1in/0123456789abcdef0123456789abcdef"],
        "journal": [j.encode() for j in journal],
    }
    for target, texts in seeds.items():
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        for n, text in enumerate(texts):
            (folder / f"seed-{n:03}").write_bytes(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

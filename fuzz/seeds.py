"""Writes the seeds of every fuzz target below the directory given: the catalogue's examples, and a few by hand."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "src/protocol/catalog/data"


def digest(data: bytes) -> bytes:
    """What the journal's sums are: FNV-1a."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value.to_bytes(8, "little")


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


def head(serial: int, state: int, extra: str, task: str, more: int = 0, host: str = "http://127.0.0.1:1") -> bytes:
    """The first slot of a journal's record (src/client/journal/slot.rs)."""
    number = lambda value, size=4: value.to_bytes(size, "little")
    mine = digest(b"http://127.0.0.1:1\0k")
    text = number(serial, 8) + mine + number(more) + number(len(extra)) + b"\2" + bytes(7) + extra.encode()[:100].ljust(100, b"\0")
    name = number(len(task)) + bytes(4) + digest(host.encode()) + number(len(host), 2) + (task + host).encode().ljust(86, b"\0")
    return text + digest(text) + name + digest(name) + bytes([7, 7, 7, state])


def further(serial: int, first: int, text: bytes) -> bytes:
    """A further slot of a record."""
    body = serial.to_bytes(8, "little") + first.to_bytes(4, "little") + bytes(4) + text.ljust(231, b"\0")
    return body + digest(body) + b"\x5a"


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
    queued, sent, bought, done = 0x33, 0x55, 0x66, 0x3C
    text = json.dumps("x" * 200)
    journal = [
        head(7, queued, "[1]", "") + head(8, sent, "null", "") + head(9, bought, "{}", "7654321") + head(10, done, "", ""),
        head(7, bought, text, '"a-uuid"', more=3) + further(7, 2, text.encode()[100:]),
        head(7, bought, "1", "5")[:200],
        b"",
    ]
    lines = [b"Set-Cookie : a=b", b" folded", b"nothing", b": empty", b"X(Odd): 1", b"Keep-Alive: max=0", b"Date: Sun, 06 Nov 1994 08:49:37 GMT"]
    ends = ["", "Content-Length: 1\r\n", "Connection: close\r\n", "Content-Encoding: gzip\r\n", "Retry-After: Sun, 06 Nov 1994 08:49:39 GMT\r\n"]
    replies = [a.encode() for a in http] + [b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.0 200 OK\r\n\r\nok", b"SSH-2.0-x\r\n"]
    replies += [f"HTTP/1.1 200 OK\r\n{e}Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n0\r\nTrailer: 1\r\n\r\n".encode() for e in ends]
    connects = [f"HTTP/1.{n % 2} {status} X\r\n{ends[n % 5]}\r\n".encode() for n, status in enumerate((200, 204, 100, 101, 301, 403, 407, 502, 999))]
    connects += [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 130 + b"\r\n", b"HTTP/1.1 200 OK\r\n\r\nbehind"]
    four = [b"\0\x5a" + bytes(6), b"\0\x5b" + bytes(6), b"\0\x5d" + bytes(6), b"HTTP/1.1 400 Bad\r\n\r\n"]
    five = [b"\5\0", b"\5\2\1\0", b"\5\xff", b"\5\2\1\1", b"\4\x5a"]
    fives = [m + b"\5\0\0" + a for m in five[:2] for a in (b"\1" + bytes(6), b"\4" + bytes(18), b"\3\4a.b.\0\x50")]
    socks = [bytes([n % 32]) + said for n, said in enumerate(4 * (four + five + fives + [b"\5\0\5\5"]))]
    target = (ROOT / "fuzz/fuzz_targets/pem.rs").read_text()
    root = target[target.index("-----BEGIN") : target.index("-----END")].replace("\\n\\\n", "\n") + "-----END CERTIFICATE-----\n"
    pems = [root, "\ufeff" + root, root + root.replace("\n", "\r\n"), root.replace("CERTIFICATE", "TRUSTED CERTIFICATE"), root[:200],
        "subject=/CN=x\n" + root.replace("\n", ""), root.replace("CERTIFICATE", "PRIVATE KEY") + root, root.replace("MIIB", "M*IB"), "-----BEGIN "]
    proxies = ["http://10.1.2.3:3128", "http://[fe80::1%25eth0]:3128", "https://proxy.example/", "socks4://u@p.example", "socks5://a%40b:p%23%2F%3F%25@[::1]:1081", "socks5h://u:p@ss@h",
        "http://h:65536", "http://A#1@h:1", "ftp://h:1", "http://[::1", "\"h:1\"", "socks://h"]
    lists = ["*", "example.com,.b.example c:80", "10.0.0.0/8,[::1]:81,fe80::/10", "::ffff:10.0.0.0/104,0.0.0.0/0"]
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
        "journal": journal,
        "reply": [bytes([2 * (n % 8)]) + r for n, r in enumerate(replies)] + [b"\1" + line for line in lines],
        "connect": [bytes([2 * (n % 8)]) + c for n, c in enumerate(connects)] + [b"\1" + line for line in lines],
        "socks": socks,
        "pem": [bytes([n % 2]) + p.encode() for n, p in enumerate(2 * pems)] + [b"\0\xff\xfe" + root.encode("utf-16-le")],
        "proxy": [bytes([n % 3]) + f"{p}\n{lists[n % 4]}".encode() for n, p in enumerate(3 * proxies)],
    }
    for target, texts in seeds.items():
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        for n, text in enumerate(texts):
            (folder / f"seed-{n:03}").write_bytes(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

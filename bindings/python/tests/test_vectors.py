"""The shared vectors (tests/vectors) through the package: as a test, and as the runner of `make vectors-test`."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable, Optional, Union

import captask

FOLDER = Path(os.environ.get("CAPTASK_VECTORS") or Path(__file__).resolve().parents[3] / "tests" / "vectors")
# Seconds after which `until`, and a ticket, have failed.
PATIENCE = 10.0
WAIT = 60.0
_MISSING = object()


class Number(str):
    """A number of an answer, by its text."""


class Failed(Exception):
    """A step that was not as expected."""


def load() -> list[dict[str, Any]]:
    files = sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")
    return [vector for path in files for vector in json.loads(path.read_text("utf-8"))["vectors"]]


def as_written(raw: str) -> Any:
    return json.loads(raw, parse_int=Number, parse_float=Number)


def member(tree: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, dict) and name in tree:
            tree = tree[name]
        elif isinstance(tree, list) and name.isdigit() and int(name) < len(tree):
            tree = tree[int(name)]
        else:
            return _MISSING
    return tree


def equal(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and found.keys() == wanted.keys()
            and all(equal(found[n], wanted[n]) for n in wanted)
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(equal, found, wanted))
    if isinstance(wanted, bool) or wanted is None:
        return found is wanted
    if isinstance(wanted, (int, float)):
        return isinstance(found, Number) and Decimal(found) == Decimal(str(wanted))
    return not isinstance(found, Number) and bool(found == wanted)


def type_of(found: Any) -> set[str]:
    if isinstance(found, Number):
        whole = Decimal(found) == Decimal(found).to_integral_value()
        return {"number", "integer"} if whole else {"number"}
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return {names[type(found)]}


def holds(found: Any, wanted: dict[str, Any]) -> bool:
    if "absent" in wanted:
        return found is _MISSING
    if found is _MISSING:
        return False
    if "equals" in wanted:
        return equal(found, wanted["equals"])
    if "text" in wanted:
        return isinstance(found, Number) and str(found) == wanted["text"]
    if "type" in wanted:
        return wanted["type"] in type_of(found)
    if isinstance(found, Number):
        low, high = wanted.get("min"), wanted.get("max")
        known = low is not None or high is not None
        return known and (low is None or Decimal(found) >= low) and (high is None or Decimal(found) <= high)
    if "pattern" in wanted:
        return isinstance(found, str) and re.search(wanted["pattern"], found) is not None
    return "oneOf" in wanted and found in wanted["oneOf"]


def differences(raw: str, expect: dict[str, Any]) -> list[str]:
    tree = as_written(raw)
    found = {pointer: member(tree, pointer) for pointer in expect}
    return [
        f"{pointer} is {'absent' if found[pointer] is _MISSING else json.dumps(found[pointer], ensure_ascii=False)}, "
        f"wanted {json.dumps(wanted, ensure_ascii=False)} in {raw}"
        for pointer, wanted in expect.items()
        if not holds(found[pointer], wanted)
    ]


class Run:
    """One vector."""

    def __init__(self, vector: dict[str, Any]) -> None:
        self.vector = vector
        self.names: dict[str, Any] = {}
        self.tickets: dict[str, Union[captask.Ticket, captask.CaptaskError]] = {}
        self.sandbox: Optional[captask.Sandbox] = None
        self.client: Optional[captask.Client] = None

    def __call__(self) -> None:
        try:
            if "sandbox" in self.vector:
                self.sandbox = captask.Sandbox(**self.vector["sandbox"])
                self.names["sandbox"] = self.sandbox.url
                self.names["host"] = self.sandbox.url.split("//")[1]
            if "config" in self.vector:
                self.client = captask.Client(**self.filled(self.vector["config"]))
            for number, step in enumerate(self.vector["steps"], 1):
                try:
                    getattr(self, step["op"])(step)
                except Failed as failed:
                    raise Failed(f"step {number}: {failed}") from None
        finally:
            if self.client is not None:
                self.client.close()
            if self.sandbox is not None:
                self.sandbox.close()

    def filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.filled(inner) for inner in value]
        if not isinstance(value, str):
            return value
        whole = re.fullmatch(r"\$\{([a-z]+)\}", value)
        if whole:
            return self.names[whole[1]]
        return re.sub(r"\$\{([a-z]+)\}", lambda name: str(self.names[name[1]]), value)

    def request(self, step: dict[str, Any]) -> dict[str, Any]:
        filled: dict[str, Any] = self.filled(
            json.loads(step["requestText"]) if "requestText" in step else step["request"]
        )
        return filled

    def expected(self, step: dict[str, Any], ask: Callable[[], Any]) -> str:
        try:
            outcome, raw = "answer", ask().raw
        except captask.CaptaskError as error:
            outcome, raw = "error", error.raw
        if outcome != step["outcome"]:
            raise Failed(f"an {outcome}: {raw}")
        wrong = differences(raw, self.filled(step["expect"]))
        if wrong:
            raise Failed("; ".join(wrong))
        for name, pointer in step.get("save", {}).items():
            self.names[name] = member(json.loads(raw), pointer)
        return str(raw)

    def begin(self, step: dict[str, Any]) -> Union[captask.Ticket, captask.CaptaskError]:
        request = self.request(step)
        assert self.client is not None
        try:
            return self.client.submit(request["task"], extra=request.get("extra"), **request.get("options", {}))
        except captask.CaptaskError as refused:
            return refused

    def finish(self, ticket: Union[captask.Ticket, captask.CaptaskError]) -> captask.Answer:
        if isinstance(ticket, captask.CaptaskError):
            raise ticket
        return ticket.result(WAIT)

    def solve(self, step: dict[str, Any]) -> None:
        request = self.request(step)
        what = captask.Adopt(request["taskId"]) if "taskId" in request else request["task"]
        assert self.client is not None
        client = self.client
        self.expected(step, lambda: client.solve(what, extra=request.get("extra"), **request.get("options", {})))

    adopt = solve

    def submit(self, step: dict[str, Any]) -> None:
        self.tickets[step["as"]] = self.begin(step)

    def receive(self, step: dict[str, Any]) -> None:
        self.expected(step, lambda: self.finish(self.tickets[step["of"]]))

    def cancel(self, step: dict[str, Any]) -> None:
        ticket = self.tickets[step["of"]]
        if isinstance(ticket, captask.CaptaskError) or not ticket.cancel():
            raise Failed("there is nothing to cancel")

    def batch(self, step: dict[str, Any]) -> None:
        tickets = []
        for index in range(step["count"]):
            self.names["index"] = index
            tickets.append(self.begin(step))
        seen: dict[str, set[str]] = {pointer: set() for pointer in step.get("distinct", [])}
        for index, ticket in enumerate(tickets):
            self.names["index"] = index
            tree = as_written(self.expected(step, lambda: self.finish(ticket)))
            for pointer, values in seen.items():
                values.add(json.dumps(member(tree, pointer)))
        for pointer, values in seen.items():
            if len(values) != step["count"]:
                raise Failed(f"{pointer} has {len(values)} values in {step['count']} answers")

    def single(self, step: dict[str, Any], *arguments: Any) -> None:
        self.expected(step, lambda: getattr(self.client, step["op"])(*arguments))

    def create_task(self, step: dict[str, Any]) -> None:
        self.single(step, self.request(step)["task"])

    def get_task_result(self, step: dict[str, Any]) -> None:
        self.single(step, self.request(step)["taskId"])

    def report_incorrect(self, step: dict[str, Any]) -> None:
        request = self.request(step)
        self.single(step, request["taskId"], request["type"])

    def get_balance(self, step: dict[str, Any]) -> None:
        self.single(step)

    def get_user_agent(self, step: dict[str, Any]) -> None:
        self.single(step)

    def call(self, step: dict[str, Any]) -> None:
        self.single(step, step["method"], self.request(step))

    def check(self, step: dict[str, Any]) -> None:
        request = self.request(step)
        self.expected(step, lambda: captask.check(request["task"], **request.get("options", {})))

    def describe(self, step: dict[str, Any]) -> None:
        self.expected(step, lambda: captask.describe(step["topic"]))

    def open(self, step: dict[str, Any]) -> None:
        self.expected(step, lambda: captask.Client(**self.filled(step["config"])))

    def open_sandbox(self, step: dict[str, Any]) -> None:
        self.expected(step, lambda: captask.Sandbox(**self.filled(step["config"])))

    def counters(self, step: dict[str, Any]) -> list[str]:
        asked = self.client if step["of"] == "client" else self.sandbox
        assert asked is not None
        return differences(asked.inspect().raw, step["expect"])

    def inspect(self, step: dict[str, Any]) -> None:
        wrong = self.counters(step)
        if wrong:
            raise Failed("; ".join(wrong))

    def until(self, step: dict[str, Any]) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            wrong = self.counters(step)
            if not wrong:
                return
            if time.monotonic() > end:
                raise Failed("; ".join(wrong))
            time.sleep(0.005)

    def close(self, step: dict[str, Any]) -> None:
        assert self.client is not None
        self.client.close()


def pytest_generate_tests(metafunc: Any) -> None:
    if "vector" in metafunc.fixturenames:
        vectors = load()
        metafunc.parametrize("vector", vectors, ids=[vector["name"] for vector in vectors])


def test_vector(vector: dict[str, Any]) -> None:
    Run(vector)()


def main() -> int:
    results: dict[str, str] = {}
    for vector in load():
        name = vector["name"]
        try:
            Run(vector)()
            results[name] = "ok"
            print(f"ok vectors python: {name}", flush=True)
        except Exception as error:
            results[name] = f"{error}" if isinstance(error, Failed) else repr(error)
            print(f"FAILED vectors python: {name}: {results[name]}", flush=True)
    out = os.environ.get("CAPTASK_VECTORS_OUT")
    if out:
        text = json.dumps({"language": "Python", "results": results}, ensure_ascii=False, indent=1)
        Path(out, "python.json").write_text(text + "\n", "utf-8")
    return int(set(results.values()) != {"ok"})


if __name__ == "__main__":
    sys.exit(main())

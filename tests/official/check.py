"""Holds what the official clients sent against the catalogue, by the command captask.

Usage: check.py CAPTASK FILE; each line of the file is a language, a version, the name of a class and a task.
"""

import json
import subprocess
import sys

#: Warnings that official clients earn: where in the task, and what the text holds.
EARNED = [
    ("/task/type", "is deprecated"),
    ("/task/class", "is deprecated"),
    ("/task/class", "is removed from the documentation"),
    ("/task/proxyLogin", "the documentation asks for proxyLogin"),
    ("/task/yidunGetLib", "recommended"),
]


def complaints(captask, line):
    language, version, name, task = line.split(" ", 3)
    request = json.dumps({"task": json.loads(task)})
    run = subprocess.run([captask, "check", "-"], input=request, capture_output=True, text=True, check=False)
    answer = json.loads(run.stdout)
    found = answer.get("problems", []) + [
        warning
        for warning in answer.get("warnings", [])
        if not any(warning["pointer"] == at and text in warning["problem"] for at, text in EARNED)
    ]
    if answer.get("variant") is None:
        found.append({"pointer": "/task", "problem": "no task type of the catalogue"})
    return [f"{language} {version} {name}: {one['pointer']}: {one['problem']}" for one in found]


def main(captask, path):
    with open(path, encoding="utf-8") as lines:
        tasks = [line.rstrip("\n") for line in lines if line.strip()]
    wrong = [text for line in tasks for text in complaints(captask, line)]
    for text in wrong:
        print(f"check: {text}")
    print(f"check: {len(tasks)} tasks of official clients, {len(wrong)} complaints")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))

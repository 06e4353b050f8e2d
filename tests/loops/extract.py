"""Writes the programs of docs/event-loops.md into a folder. Usage: extract.py FOLDER

A program is a block whose first line is a comment with its file name.
"""

import re
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/event-loops.md"
BLOCK = re.compile(r"^```\w+\n((?://|#) (\w+\.\w+)\n.*?)^```$", re.MULTILINE | re.DOTALL)

programs = BLOCK.findall(PAGE.read_text("utf-8"))
blocks = PAGE.read_text("utf-8").count("\n```") // 2
if not programs or len(programs) != blocks:
    sys.exit(f"{PAGE.name}: {len(programs)} programs in {blocks} blocks")
for text, name in programs:
    (Path(sys.argv[1]) / name).write_text(text, "utf-8")
    print(name)

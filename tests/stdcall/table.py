"""Writes what stack.c calls: a line for each function of a header of declarations, with the size of its parameters.

table.py HEADER. The C compiler knows the sizes.
"""

import re
import sys
from pathlib import Path

text = Path(sys.argv[1]).read_text()
for name, parameters in re.findall(r"\b(captask_[a-z0-9_]+)\(([^()]*)\);", text):
    kinds = [re.sub(r"\w+\s*$", "", part).strip() for part in parameters.split(",") if part.strip() not in ("", "void")]
    print(f'FUNCTION("{name}", {" + ".join(f"WORDS({kind})" for kind in kinds) or "0"})')

"""Writes what stack.c calls: a line for each function of a header of declarations, with the size of its parameters and
whether it returns a text that the caller releases.

table.py HEADER. The C compiler knows the sizes.
"""

import re
import sys
from pathlib import Path

text = Path(sys.argv[1]).read_text()
for result, name, parameters in re.findall(r"^(.*?)\b(captask_[a-z0-9_]+)\(([^()]*)\);", text, re.MULTILINE):
    kinds = [re.sub(r"\w+\s*$", "", part).strip() for part in parameters.split(",") if part.strip() not in ("", "void")]
    words = " + ".join(f"WORDS({kind})" for kind in kinds) or "0"
    print(f'FUNCTION("{name}", {words}, {int(result.strip() == "char *")})')

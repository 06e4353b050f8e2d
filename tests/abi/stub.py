"""Writes a C file that defines every function of a header of declarations, for what a debugger's data says of them.

stub.py HEADER, where HEADER is like include/captask.ffi.h: declarations alone.
"""

import re
import sys
from pathlib import Path

FUNCTION = re.compile(r"^([a-z][\w\s]*?[\s*]+)(captask_\w+)\(([^()]*)\);", re.MULTILINE)


def main() -> None:
    text = Path(sys.argv[1]).read_text()
    print('#include <stddef.h>\n#include <stdint.h>\n')
    for line in re.findall(r"^typedef [^;]*;", text, re.MULTILINE):
        print(line)
    functions = FUNCTION.findall(text)
    if not functions:
        sys.exit(f"{sys.argv[1]} declares no function")
    for result, name, arguments in functions:
        void = result.strip() == "void"
        print(f"{result.strip()} {name}({arguments}) {{ {'' if void else 'return 0;'} }}")


main()

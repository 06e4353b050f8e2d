"""The bill of materials, in CycloneDX's form."""

from __future__ import annotations

import json
import re
import subprocess
import time
import uuid
from pathlib import Path

import notices
from build import RUSTC
from platforms import Platform


def _reference(name: str, version: str) -> str:
    return f"pkg:cargo/{name}@{version}"


def write(platform: Platform, version: str, when: int, out: Path) -> None:
    """Every crate that is linked in, Rust's standard library, and who needs whom."""
    crates = notices.crates(platform)
    own = {(crate.name, crate.version) for crate in crates if crate.checksum is None}
    compiler = subprocess.check_output([RUSTC, "--version"], text=True)
    rust = re.match(r"rustc (\S+)", compiler)[1]
    std = f"pkg:generic/rust-std@{rust}"
    main = f"pkg:generic/captask@{version}?platform={platform.name}"
    components = [
        {
            "type": "library",
            "bom-ref": _reference(crate.name, crate.version),
            "name": crate.name,
            "version": crate.version,
            "purl": _reference(crate.name, crate.version),
            "hashes": [{"alg": "SHA-256", "content": crate.checksum}],
            # SPDX's grammar knows no slash.
            "licenses": [{"expression": crate.licence.replace("/", " OR ")}],
            **({"externalReferences": [{"type": "vcs", "url": crate.repository}]} if crate.repository else {}),
        }
        for crate in crates
        if crate.checksum
    ]
    components.append(
        {
            "type": "library",
            "bom-ref": std,
            "name": "rust-std",
            "version": rust,
            "purl": std,
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
        }
    )
    needed = sorted({_reference(*key) for crate in crates if not crate.checksum for key in crate.needs - own})
    dependencies = [{"ref": main, "dependsOn": [*needed, std]}] + [
        {
            "ref": _reference(crate.name, crate.version),
            "dependsOn": sorted(_reference(*key) for key in crate.needs),
        }
        for crate in crates
        if crate.checksum
    ]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{main}#{when}')}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when)),
            "component": {
                "type": "library",
                "bom-ref": main,
                "name": "captask",
                "version": version,
                "purl": main,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": components,
        "dependencies": dependencies,
    }
    out.write_text(json.dumps(bill, indent=2) + "\n")

"""Solves a task with the installed wheel, against the sandbox inside the library."""

import platform

import captask

with captask.Client(endpoint="sandbox:", poll={"firstMs": 5, "intervalMs": 5}) as client:
    answer = client.solve({"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "KEY"})
    assert answer.solution["gRecaptchaResponse"], answer
print(f"Python {platform.python_version()}, {' '.join(platform.libc_ver())}")

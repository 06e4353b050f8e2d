"""The settings, read from the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Every member is a variable: ``FLEET_`` and the name in capitals. What ends in ``_s`` is in seconds."""

    #: The Redis server of the queue, the records and the limits.
    redis: str = "redis://127.0.0.1:6379/0"
    #: JSON: the configuration of each captask client, as captask.Client takes it. The key is in CAPTASK_CLIENT_KEY.
    client: dict[str, Any] = field(default_factory=dict)
    #: How many tasks all workers together buy in ``minute_s``, in any stretch of that length.
    tasks_per_minute: int = 600
    minute_s: float = 60.0
    #: How long no worker buys after a refused key, an empty balance or a refused address.
    hold_s: float = 60.0
    #: How long a job that has to wait keeps its place in a worker before it goes back to the queue.
    slot_s: float = 30.0
    #: How long one worker waits for the result of a task that was bought.
    solve_s: float = 120.0
    #: What a createTask may take beyond the client's own timeouts before it counts as lost.
    margin_s: float = 5.0
    #: After so long the messages of a worker that died go to another one. Longer than a job takes in a worker (slot_s,
    #: create_s and solve_s together), and shorter than the five minutes for which the service keeps a result.
    visibility_s: float = 240.0
    #: A job of which nothing was heard for so long has lost its message and is sent again. Longer than visibility_s.
    sweep_s: float = 600.0
    #: How long the record of a job that has ended is kept. No message may be older.
    keep_s: int = 7 * 24 * 3600

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment. Raises ValueError, with the variable, for a value of another kind."""
        given: dict[str, Any] = {}
        for name, default in vars(cls()).items():
            variable = f"FLEET_{name.upper()}"
            if variable in environment:
                text = environment[variable]
                try:
                    given[name] = dict(json.loads(text)) if isinstance(default, dict) else type(default)(text)
                except (TypeError, ValueError) as error:
                    raise ValueError(f"{variable}={text!r}: {error}") from None
        return cls(**given)

    @property
    def client_config(self) -> dict[str, Any]:
        """What captask.Client takes. The hold in Redis is for all clients, so they need none of their own."""
        return {**self.client, "guard": {"holdOnRefusalMs": 0, **self.client.get("guard", {})}}

    @property
    def create_s(self) -> float:
        """The longest that a createTask takes: repetitions until callTimeoutMs, and the attempt begun last."""
        millis = self.client.get("callTimeoutMs", 30_000) + self.client.get("requestTimeoutMs", 21_000)
        return float(millis) / 1000 + self.margin_s

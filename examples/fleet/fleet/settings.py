"""The settings, read from the environment."""

from __future__ import annotations

import difflib
import json
import logging
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger("fleet")

#: How long the service keeps the result of a task.
KEPT_S = 300.0
# What may be 0; every other number has to be larger. The most that a number of seconds may be.
MAY_BE_0, YEAR_S = ("slot_s", "margin_s"), 366 * 24 * 3600
# The client's own timeouts, where FLEET_CLIENT names no other.
TIMEOUTS = {"callTimeoutMs": 30_000, "requestTimeoutMs": 21_000}


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
    #: How long one worker waits for the result of a task that was bought. Many types of tasks take up to 180 seconds.
    solve_s: float = 180.0
    #: What a createTask may take beyond the client's own timeouts before it counts as lost.
    margin_s: float = 5.0
    #: After so long the messages of a worker that died go to another one. Longer than a job takes in a worker (slot_s,
    #: create_s and solve_s together), and shorter than the five minutes for which the service keeps a result.
    visibility_s: float = 280.0
    #: A job of which nothing was heard for so long has lost its message and is sent again. Longer than visibility_s.
    sweep_s: float = 600.0
    #: How long the record of a job that has ended is kept. No message may be older.
    keep_s: int = 7 * 24 * 3600

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment. Raises ValueError, with the variable, for a value that cannot be right."""
        variables = {variable_of(name): name for name in vars(cls())}
        for variable in sorted(environment):
            # Not refused: Kubernetes sets FLEET_PORT and others for a service of the name "fleet".
            if variable.startswith("FLEET_") and variable not in variables:
                close = difflib.get_close_matches(variable, variables, 1)
                log.warning("%s is not a setting%s", variable, f": did you mean {close[0]}?" if close else "")
        given: dict[str, Any] = {}
        for variable, name in variables.items():
            if variable in environment:
                given[name] = value_of(variable, environment[variable], getattr(cls(), name))
        settings = cls(**given)
        settings.check_times()
        return settings

    def check_times(self) -> None:
        """Raises ValueError for times that do not fit together."""
        job_s = self.slot_s + self.create_s + self.solve_s
        if not job_s < self.visibility_s < KEPT_S:
            raise ValueError(
                f"FLEET_VISIBILITY_S={self.visibility_s:g} has to be more than {job_s:g}, which a job may take in a"
                f" worker (slot_s {self.slot_s:g}, create_s {self.create_s:g}, solve_s {self.solve_s:g}), and less than"
                f" {KEPT_S:g}, after which the service forgets a result"
            )
        if self.sweep_s <= self.visibility_s:
            raise ValueError(
                f"FLEET_SWEEP_S={self.sweep_s:g} has to be more than FLEET_VISIBILITY_S={self.visibility_s:g}"
            )
        if self.keep_s <= self.sweep_s:
            raise ValueError(f"FLEET_KEEP_S={self.keep_s} has to be more than FLEET_SWEEP_S={self.sweep_s:g}")

    @property
    def client_config(self) -> dict[str, Any]:
        """What captask.Client takes. The hold in Redis is for all clients, so they need none of their own."""
        guard = self.client.get("guard")
        if isinstance(guard, dict) or guard is None:
            guard = {"holdOnRefusalMs": 0, **(guard or {})}
        return {**self.client, "guard": guard}

    @property
    def create_s(self) -> float:
        """The longest that a createTask takes: repetitions until callTimeoutMs, and the attempt begun last."""
        given = {name: value for name, value in self.client.items() if value is not None}
        millis = sum(given.get(name, default) for name, default in TIMEOUTS.items())
        return float(millis) / 1000 + self.margin_s


def variable_of(name: str) -> str:
    return f"FLEET_{name.upper()}"


def value_of(variable: str, text: str, default: Any) -> Any:
    """The value of a variable, in the type of its default."""
    if isinstance(default, dict):
        return config_of(variable, text)
    if isinstance(default, str):
        return text
    try:
        number = type(default)(text)
    except ValueError:
        kind = "whole number" if isinstance(default, int) else "number"
        raise ValueError(f"{variable}={text!r} has to be a {kind}") from None
    name = variable.removeprefix("FLEET_").lower()
    # Redis counts in milliseconds.
    least = 0 if name in MAY_BE_0 else 1 if isinstance(default, int) else 0.001
    most = YEAR_S if name.endswith("_s") else 1_000_000_000
    if not (math.isfinite(number) and least <= number <= most):
        raise ValueError(f"{variable}={text!r} has to be from {least:g} to {most}")
    return number


def config_of(variable: str, text: str) -> dict[str, Any]:
    """The configuration of a client. The text may have the key in it: no error shows it."""
    try:
        config = json.loads(text)
    except json.JSONDecodeError as error:
        # Raised below, where the text no longer hangs on the exception.
        problem = f"{error.msg}, line {error.lineno} column {error.colno}"
    except RecursionError:
        problem = "it is nested too deeply"
    else:
        if not isinstance(config, dict):
            raise ValueError(f"{variable} has to be a JSON object")
        for name in TIMEOUTS:
            millis = config.get(name)
            if millis is not None and (type(millis) is not int or not 1 <= millis < 2**31):
                raise ValueError(f"{variable}: {name} has to be a whole number of milliseconds from 1 to {2**31 - 1}")
        return config
    raise ValueError(f"{variable} is not JSON: {problem}")

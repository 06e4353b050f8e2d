"""What Redis remembers of each job: its task, the intent to buy, the taskId, how it ended.

``fleet:job:<job>`` is the record, ``fleet:intent:<job>`` the intent, ``fleet:open`` the jobs that have not ended, with
the time at which each was heard of last.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional, Union

from redis import Redis

OPEN, SOLVED, FAILED, UNKNOWN = "open", "solved", "failed", "unknown"

# Takes an intent back, if it is still the caller's; counts how often that happened.
WITHDRAW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return redis.call('HINCRBY', KEYS[2], 'refusals', 1)
"""

# Writes the taskId, and when that was, by the clock of Redis.
BOUGHT = """
local time = redis.call('TIME')
redis.call('HSETNX', KEYS[1], 'boughtAt', time[1] + time[2] / 1000000)
return redis.call('HSET', KEYS[1], 'taskId', ARGV[1])
"""

# Ends a job as unknown, unless its intent has changed, its taskId has come, or it has ended.
GIVE_UP = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('HEXISTS', KEYS[2], 'taskId') == 1
    or redis.call('HGET', KEYS[2], 'state') ~= 'open' then return 0 end
redis.call('HSET', KEYS[2], 'state', 'unknown', 'answer', ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
"""


@dataclass(frozen=True)
class Record:
    """The record of a job."""

    task: dict[str, Any]
    state: str
    #: The service's id of the task that was bought, in the type that it came in.
    task_id: Optional[Union[int, str]]
    #: The JSON text of the result or of the error.
    answer: Optional[str]
    #: How often a worker took the job up.
    deliveries: int
    #: When the taskId was written, by the clock of Redis; None without one.
    bought_at: Optional[float]


@dataclass(frozen=True)
class Intent:
    """The promise that exactly one worker calls createTask for a job."""

    token: str
    #: Seconds since it was written.
    age: float


def job_key(job: str) -> str:
    return f"fleet:job:{job}"


def intent_key(job: str) -> str:
    return f"fleet:intent:{job}"


def task_text(task: Mapping[str, Any]) -> str:
    """The JSON text of a task."""
    if not isinstance(task, Mapping):
        raise ValueError(f'a task is a JSON object such as {{"type": "TurnstileTask", …}}, not {type(task).__name__}')
    try:
        return json.dumps(dict(task), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"the task is not JSON: {error}") from None


class Records:
    def __init__(self, redis: Redis, keep_s: int) -> None:
        # Its replies are str (decode_responses), which its types do not say.
        self._redis: Any = redis
        self._keep_s = keep_s
        self._withdraw = redis.register_script(WITHDRAW)
        self._give_up = redis.register_script(GIVE_UP)
        self._bought = redis.register_script(BOUGHT)

    def add(self, job: str, task: Mapping[str, Any]) -> None:
        """Writes the record of a new job; one that is there stays as it is. ValueError for what is no JSON object."""
        text = task_text(task)
        with self._redis.pipeline() as pipe:
            pipe.hsetnx(job_key(job), "task", text)
            pipe.hsetnx(job_key(job), "state", OPEN)
            pipe.hget(job_key(job), "state")
            if pipe.execute()[-1] == OPEN:
                self._redis.zadd("fleet:open", {job: time.time()})

    def read(self, job: str) -> Optional[Record]:
        """The record, or None when Redis has none."""
        members = self._redis.hgetall(job_key(job))
        if "task" not in members:
            return None
        task_id = members.get("taskId")
        return Record(
            task=json.loads(members["task"]),
            state=members.get("state", OPEN),
            task_id=None if task_id is None else json.loads(task_id),
            answer=members.get("answer"),
            deliveries=int(members.get("deliveries", 0)),
            bought_at=float(members["boughtAt"]) if "boughtAt" in members else None,
        )

    def delivered(self, job: str) -> None:
        """Notes that a worker has taken the job up."""
        self._redis.hincrby(job_key(job), "deliveries")
        self.heard(job)

    def heard(self, job: str) -> None:
        """Notes that the job has a message."""
        self._redis.zadd("fleet:open", {job: time.time()}, xx=True)

    def intend(self, job: str) -> Optional[str]:
        """Writes the intent to buy: its token, or None when there is one already.

        The token says who wrote it, and when by the clock of Redis.
        """
        token = f"{self.now():.3f} {socket.gethostname()} {os.getpid()} {uuid.uuid4().hex}"
        written = self._redis.set(intent_key(job), token, nx=True)
        # redis-py repeats a command whose reply was lost: then the intent that is there may be this one.
        return token if written or self._redis.get(intent_key(job)) == token else None

    def intent(self, job: str) -> Optional[Intent]:
        """The intent that is written, if one is."""
        token = self._redis.get(intent_key(job))
        return None if token is None else Intent(token, self.now() - float(token.split()[0]))

    def withdraw(self, job: str, token: str) -> int:
        """Takes the intent back after a createTask that bought nothing; returns how often that was so for this job."""
        return int(self._withdraw(keys=[intent_key(job), job_key(job)], args=[token]))

    def bought(self, job: str, task_id: Union[int, str]) -> None:
        """Writes the taskId."""
        self._bought(keys=[job_key(job)], args=[json.dumps(task_id)])

    def end(self, job: str, state: str, answer: str) -> None:
        """Writes how the job ended. An answer that comes after all takes the place of UNKNOWN."""
        with self._redis.pipeline() as pipe:
            pipe.hset(job_key(job), mapping={"state": state, "answer": answer})
            pipe.zrem("fleet:open", job)
            pipe.expire(job_key(job), self._keep_s)
            pipe.expire(intent_key(job), self._keep_s)
            pipe.execute()

    def give_up(self, job: str, token: str, answer: str) -> bool:
        """Ends the job as UNKNOWN, unless its taskId has come since this intent was read."""
        keys = [intent_key(job), job_key(job), "fleet:open"]
        return bool(self._give_up(keys=keys, args=[token, answer, job, self._keep_s]))

    def silent(self, seconds: float) -> list[str]:
        """The open jobs of which nothing was heard for so long."""
        return list(self._redis.zrangebyscore("fleet:open", "-inf", time.time() - seconds))

    def now(self) -> float:
        """Seconds since 1970 by the clock of Redis, which all workers share."""
        seconds, micros = self._redis.time()
        return float(seconds) + float(micros) / 1e6

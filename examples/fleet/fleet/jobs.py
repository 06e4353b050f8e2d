"""What a worker does with one job. Nothing here knows Celery: a job comes from a queue, perhaps more than once."""

from __future__ import annotations

import json
import logging
import socket
import time
from dataclasses import dataclass
from typing import Optional, Union

import captask
from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry

from .limits import Limits
from .records import FAILED, OPEN, SOLVED, UNKNOWN, Record, Records
from .settings import KEPT_S, Settings

log = logging.getLogger("fleet")

# Refusals that every other worker would meet too, and that lead to a ban when one insists.
REFUSALS = (captask.AuthError, captask.BalanceError, captask.AddressError)
# How often a createTask that bought nothing is repeated for one job; the seconds between, where the error has none.
ATTEMPTS, PAUSE_S = 20, 5.0


class Later(Exception):
    """The job cannot go on now. It may be taken up again after ``seconds``, by any worker."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


@dataclass(frozen=True)
class Fleet:
    """What the workers share."""

    settings: Settings
    redis: Redis
    records: Records
    limits: Limits


def connect(settings: Settings) -> Fleet:
    """The shared state in Redis. A command that fails is repeated for some ten seconds."""
    redis = Redis.from_url(
        settings.redis,
        decode_responses=True,
        socket_timeout=5,
        socket_connect_timeout=5,
        retry=Retry(ExponentialWithJitterBackoff(base=0.1, cap=2), 8),
    )
    limits = Limits(redis, settings.tasks_per_minute, settings.minute_s, settings.create_s)
    return Fleet(settings, redis, Records(redis, settings.keep_s), limits)


def work(fleet: Fleet, client: captask.Client, job: str) -> None:
    """Brings a job to its end, or raises Later. The record decides what is left to do, not the message."""
    record = fleet.records.read(job)
    if record is None:
        # An intent or a taskId may have been lost with it.
        log.error("job %s: Redis has no record of it; it is not bought", job)
        fleet.records.end(job, UNKNOWN, unknown(f"Redis has lost the record of job {job}"))
        return
    if record.state != OPEN:
        return
    if record.task_id is not None:
        log.info("job %s: adopts task %s", job, record.task_id)
        adopt(fleet, client, job, record.task_id)
        return
    task_id = buy(fleet, client, job, record)
    if task_id is not None:
        adopt(fleet, client, job, task_id)


def buy(fleet: Fleet, client: captask.Client, job: str, record: Record) -> Optional[Union[int, str]]:
    """Calls createTask, once: the taskId, or None when the job has ended."""
    intent = fleet.records.intent(job)
    if intent is not None:
        # Another worker is inside createTask, or was when it died.
        if intent.age < fleet.settings.create_s:
            raise Later(fleet.settings.create_s - intent.age, "another worker may be inside createTask")
        if not fleet.records.give_up(job, intent.token, unknown(f"a worker was lost inside createTask of job {job}")):
            raise Later(0, "its record has just changed")
        log.error("job %s: CAPTASK_OUTCOME_UNKNOWN, a task may have been bought by: %s", job, intent.token)
        return None
    permit = fleet.limits.ask()
    if permit.wait > 0:
        raise Later(permit.wait, fleet.limits.held_by() or "tasks a minute")
    token = fleet.records.intend(job)
    if token is None:
        raise Later(0, "another worker was faster")
    try:
        answer = client.create_task(record.task)
    except captask.CaptaskError as error:
        if error.code != "CAPTASK_BAD_RESPONSE" or error.task_id is None:
            not_bought(fleet, job, token, error)
            return None
        # Bought, and answered with more than the taskId, which Python cannot read.
        answer = captask.Answer(json.dumps({"errorId": 0, "taskId": error.task_id}))
    except (TypeError, ValueError) as error:
        # The task is none that captask can write as JSON: nothing was sent.
        fleet.records.withdraw(job, token)
        log.error("job %s: %s", job, error)
        fleet.records.end(job, FAILED, failure("CAPTASK_INVALID_TASK", f"{error}; nothing was bought"))
        return None
    if answer.task_id is not None:
        try:
            fleet.records.bought(job, answer.task_id)
        except Exception:
            log.critical("job %s bought task %s, and Redis does not take that: adopt it by hand", job, answer.task_id)
            raise
    if permit.probe:
        fleet.limits.proved()
        log.warning("the account works again: all workers buy")
    if answer.task_id is None or answer.get("solution"):
        # Finished at once.
        fleet.records.end(job, SOLVED, answer.raw)
        return None
    return answer.task_id


def not_bought(fleet: Fleet, job: str, token: str, error: captask.CaptaskError) -> None:
    """Ends the job after a createTask that failed, or raises Later when it may be repeated."""
    if (
        isinstance(error, (captask.OutcomeUnknownError, captask.LibraryError))
        or error.answer.get("outcomeUnknown") is True
    ):
        log.error("job %s: %s", job, error)
        fleet.records.give_up(job, token, error.raw)
        return
    # From here on nothing was bought. First the hold, so that no other worker meets the same refusal.
    if isinstance(error, REFUSALS):
        seconds = hold(fleet, error)
        fleet.records.withdraw(job, token)
        raise Later(seconds, error.code)
    refusals = fleet.records.withdraw(job, token)
    # CAPTASK_TLS: this machine's clock or certificates may be wrong, and another worker's right.
    again = error.retryable or isinstance(error, captask.ClosedError) or error.code == "CAPTASK_TLS"
    if again and refusals < ATTEMPTS:
        raise Later(error.retry_after or PAUSE_S, str(error))
    log.error("job %s: %s", job, error)
    fleet.records.end(job, FAILED, error.raw)


def adopt(fleet: Fleet, client: captask.Client, job: str, task_id: Union[int, str]) -> None:
    """Waits for the result of a task that was bought."""
    try:
        answer = client.solve(captask.Adopt(task_id), timeoutMs=round(fleet.settings.solve_s * 1000))
    except REFUSALS as error:
        raise Later(hold(fleet, error), error.code) from None
    except captask.ClosedError as error:
        raise Later(PAUSE_S, str(error)) from None
    except captask.CaptaskError as error:
        # The task is paid for: as long as the service keeps its result, another attempt may bring it.
        if error.retry_scope == "same_request" and kept(fleet, job):
            raise Later(error.retry_after or PAUSE_S, str(error)) from None
        # A taskId in the record can still be adopted by hand.
        log.error("job %s: %s", job, error)
        fleet.records.end(job, FAILED, error.raw)
    else:
        fleet.records.end(job, SOLVED, answer.raw)


def kept(fleet: Fleet, job: str) -> bool:
    """Whether the service may still have the result of a job's task."""
    record = fleet.records.read(job)
    return record is not None and record.bought_at is not None and fleet.records.now() - record.bought_at < KEPT_S


def hold(fleet: Fleet, error: captask.CaptaskError) -> float:
    """Holds the whole fleet back after a refusal; returns for how many seconds."""
    seconds = max(fleet.settings.hold_s, error.retry_after or 0)
    fleet.limits.hold(f"{error.code}, met by {socket.gethostname()}", seconds)
    end = time.strftime("%H:%M:%S", time.localtime(time.time() + seconds))
    log.error("%s: no worker buys for %g s, until %s", error, seconds, end)
    return seconds


def unknown(why: str) -> str:
    """The error of a job whose createTask may have bought a task, as captask itself words it."""
    return failure(
        "CAPTASK_OUTCOME_UNKNOWN", f"{why}: a task may have been bought; look at the account before you buy again"
    )


def failure(code: str, description: str) -> str:
    """An error's JSON text, as captask itself words it."""
    error = {"errorId": 1, "errorCode": code, "errorDescription": description}
    return json.dumps({**error, "retryable": False, "retryScope": None})

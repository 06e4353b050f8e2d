"""The Celery part: the queue, and what makes a job come again when its worker dies."""

from __future__ import annotations

import base64
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Mapping
from typing import Any, Optional

import captask
from celery import Celery, signals
from celery.exceptions import Reject
from redis.exceptions import RedisError

from . import jobs
from .records import Record
from .settings import Settings

log = logging.getLogger("fleet")
QUEUE = "fleet"

settings = Settings.read()
fleet = jobs.connect(settings)

app = Celery("fleet", broker=settings.redis)
app.conf.update(
    task_default_queue=QUEUE,
    # The result is in the job's record.
    task_ignore_result=True,
    # A message is acknowledged when its job is done, so that it is still there when the worker is not.
    task_acks_late=True,
    # A process of the prefork pool dies alone: its message goes back to the queue at once ...
    task_reject_on_worker_lost=True,
    worker_lost_wait=1.0,
    # ... and when the whole worker dies, another one puts it back after the visibility timeout. It looks each second.
    # unacked_mutex_expire: how long a worker that dies while it looks keeps the others from looking.
    broker_transport_options={
        "visibility_timeout": settings.visibility_s,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "unacked_mutex_expire": 10,
    },
    # A worker takes a message only when it can begin with it.
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    broker_connection_retry_on_startup=True,
)

_client: Optional[tuple[int, captask.Client]] = None
# The process that is the worker; those of its pool are children of it.
_worker = 0
_opening = threading.Lock()


def client() -> captask.Client:
    """The client of this process. A process of the prefork pool cannot use its parent's."""
    global _client
    with _opening:
        if _client is None or _client[0] != os.getpid():
            _client = (os.getpid(), open_client())
        return _client[1]


def open_client() -> captask.Client:
    """Another client. Raises ValueError for a configuration that cannot work: it says what to correct."""
    if not (settings.client.get("clientKey") or os.environ.get("CAPTASK_CLIENT_KEY", "").strip()):
        raise ValueError("no key for the service: set CAPTASK_CLIENT_KEY, or clientKey in FLEET_CLIENT")
    try:
        return captask.Client(**settings.client_config)
    except (captask.CaptaskError, TypeError) as error:
        raise ValueError(f"FLEET_CLIENT: {error}") from None


@signals.worker_init.connect
def check_client(**_: object) -> None:
    """Ends a worker that could not work on any job, before it takes the first one."""
    global _worker
    _worker = os.getpid()
    try:
        # Closed again: the pool may be of processes, which need clients of their own.
        open_client().close()
    except ValueError as error:
        # Celery catches any other exception here.
        raise SystemExit(f"fleet: {error}") from None


@signals.worker_process_init.connect
def open_in_child(**_: object) -> None:
    """Opens the client of a process of the prefork pool; ends the whole worker when that fails."""
    try:
        client()
    except ValueError as error:
        log.critical("%s: this worker ends", error)
        # Only this process would be replaced, over and over. A job that it gets meanwhile goes back to the queue.
        os.kill(_worker, signal.SIGTERM)


@app.task(name="fleet.job")
def run(job: str) -> None:
    """Works on a job. One that has to wait does so here for a while, and then goes back to the queue."""
    end = time.monotonic() + settings.slot_s
    reason = ""
    try:
        fleet.records.delivered(job)
        while True:
            try:
                jobs.work(fleet, client(), job)
                return
            except jobs.Later as later:
                if reason != str(later):
                    reason = str(later)
                    log.info("job %s waits: %s", job, reason)
                rest = end - time.monotonic()
                if rest <= 0:
                    run.delay(job)
                    return
                time.sleep(min(rest, max(later.seconds, 0.05)))
    except RedisError as error:
        # It has been tried for ten seconds. The message comes again when Redis is back.
        raise Reject(error, requeue=True) from None
    except Exception as error:
        # A fault of this worker or of its machine must not cost the job: Celery would acknowledge the message.
        log.exception("job %s: it goes back to the queue", job)
        time.sleep(jobs.PAUSE_S)
        raise Reject(error, requeue=True) from None


def submit(job: str, task: Mapping[str, Any]) -> None:
    """Hands a job to the fleet. The name is yours; a job of the same name is bought once.

    Raises ValueError for a task that is no JSON object. The service says the rest: such a job ends as failed.
    """
    fleet.records.add(job, task)
    run.delay(job)


def read(job: str) -> Optional[Record]:
    """How a job is doing; None for a name that is not known."""
    return fleet.records.read(job)


def sweep() -> list[str]:
    """Sends open jobs again that have lost their message, and returns them.

    A worker that dies between taking a message and writing down that it has it loses the message (Celery's transport
    for Redis has that gap), and so does ``submit`` when it dies before it sends. Sending a job too often is harmless.
    """
    silent = fleet.records.silent(settings.sweep_s)
    # Who is silent may just be waiting in a long queue. Another message for each would make it longer still.
    waiting = queued() if silent else set()
    lost = [job for job in silent if job not in waiting]
    for job in lost:
        log.warning("job %s has lost its message and is sent again", job)
        fleet.records.heard(job)
        run.delay(job)
    return lost


def queued() -> set[str]:
    """The jobs that have a message in the queue. Messages move on meanwhile: one may be missed, which is harmless."""
    found: set[str] = set()
    start, step = 0, 1000
    while True:
        messages: Any = fleet.redis.lrange(QUEUE, start, start + step - 1)
        for message in messages:
            try:
                # Celery's protocol 2: arguments, keywords, and what to do with the result.
                found.add(str(json.loads(base64.b64decode(json.loads(message)["body"]))[0][0]))
            except (ValueError, LookupError, TypeError):
                log.warning("the queue %s has a message that is not of this fleet", QUEUE)
        if len(messages) < step:
            return found
        start += step


@signals.worker_ready.connect
def check_redis(**_: object) -> None:
    """Warns of a Redis that may lose a record, where its configuration can be read."""
    try:
        config = fleet.redis.config_get("appendonly", "appendfsync", "maxmemory", "maxmemory-policy")
    except RedisError:
        return
    if config.get("appendonly") != "yes" or config.get("appendfsync") != "always":
        log.warning("Redis may lose the last records when it dies: set appendonly yes, appendfsync always")
    if config.get("maxmemory") != "0" and config.get("maxmemory-policy") != "noeviction":
        log.warning("Redis may throw records away when memory is short: set maxmemory-policy noeviction")

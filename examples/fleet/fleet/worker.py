"""The Celery part: the queue, and what makes a job come again when its worker dies."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping
from typing import Any, Optional

import captask
from celery import Celery
from celery.exceptions import Reject
from celery.signals import worker_ready
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
_opening = threading.Lock()


def client() -> captask.Client:
    """The client of this process. A process of the prefork pool cannot use its parent's."""
    global _client
    with _opening:
        if _client is None or _client[0] != os.getpid():
            _client = (os.getpid(), captask.Client(**settings.client_config))
        return _client[1]


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


def submit(job: str, task: Mapping[str, Any]) -> None:
    """Hands a job to the fleet. The name is yours; a job of the same name is bought once."""
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
    if fleet.redis.llen(QUEUE) > 0:
        # Who is silent may just be waiting in the queue.
        return []
    lost = fleet.records.silent(settings.sweep_s)
    for job in lost:
        log.warning("job %s has lost its message and is sent again", job)
        fleet.records.heard(job)
        run.delay(job)
    return lost


@worker_ready.connect
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

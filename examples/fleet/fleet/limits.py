"""What holds all workers back together: a hold after a refusal, and a bound of tasks a minute."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from redis import Redis

HOLD, REFUSED, PROBE, BOUGHT = "fleet:hold", "fleet:refused", "fleet:probe", "fleet:bought"

# One decision for one createTask: {milliseconds to wait, or 0 to go; whether it is a probe}.
#
# fleet:hold     there until the hold ends
# fleet:refused  there since a refusal until a task is bought: meanwhile one worker at a time tries
# fleet:probe    there while one tries
# fleet:bought   when each createTask of the last minute was allowed
ASK = """
local held = redis.call('PTTL', KEYS[1])
if held > 0 then return {held, 0} end
local time, window = redis.call('TIME'), tonumber(ARGV[2])
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - window)
if redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[1]) then
    local oldest = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')
    return {math.max(1, oldest[2] + window - now), 0}
end
local probe = redis.call('EXISTS', KEYS[2])
if probe == 1 and not redis.call('SET', KEYS[3], ARGV[4], 'NX', 'PX', ARGV[3]) then
    return {math.max(1, math.min(1000, redis.call('PTTL', KEYS[3]))), 0}
end
redis.call('ZADD', KEYS[4], now, ARGV[4])
redis.call('PEXPIRE', KEYS[4], window)
return {0, probe}
"""


class Permit(NamedTuple):
    """The answer to: may a task be bought now?"""

    #: Seconds to wait before asking again; 0 means yes.
    wait: float
    #: Whether this createTask tries, after a hold, whether the account works again.
    probe: bool


class Limits:
    def __init__(self, redis: Redis, tasks: int, window_s: float, probe_s: float) -> None:
        self._redis = redis
        self._ask = redis.register_script(ASK)
        self._arguments = [tasks, round(window_s * 1000), round(probe_s * 1000)]

    def ask(self) -> Permit:
        """Takes one of the minute's tasks, or says how long to wait."""
        wait, probe = self._ask(keys=[HOLD, REFUSED, PROBE, BOUGHT], args=[*self._arguments, uuid.uuid4().hex])
        return Permit(wait / 1000, bool(probe))

    def hold(self, why: str, seconds: float) -> None:
        """No worker buys for so long; then one of them tries."""
        with self._redis.pipeline() as pipe:
            pipe.set(HOLD, why, px=round(seconds * 1000))
            pipe.set(REFUSED, why)
            pipe.delete(PROBE)
            pipe.execute()

    def held_by(self) -> str:
        """Why no worker buys, or only one at a time; empty when all may."""
        return str(self._redis.get(HOLD) or self._redis.get(REFUSED) or "")

    def proved(self) -> None:
        """A probe has bought a task: all may buy again."""
        self._redis.delete(REFUSED, PROBE)

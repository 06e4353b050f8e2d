"""Keywords of captask.Client, and of its solve and submit.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from typing import Any, List, Literal, TypedDict, Union


class ConfigTls(TypedDict, total=False):
    """Certificates are always verified."""

    #: Trusted roots: "bundled", "system" or the path of a PEM file, whatever its name.
    roots: Union[str, None]


class ConfigPoll(TypedDict, total=False):
    """Over the timings of each type."""

    #: From the taskId to the first poll. Default: by type.
    firstMs: Union[int, None]
    #: Between polls; stretched where the deadline would not be reached with the 120 polls that the service allows.
    #: Default: by type.
    intervalMs: Union[int, None]
    #: After which a task is given up. Default: by type.
    timeoutMs: Union[int, None]
    #: getTaskResult calls for one task at most.
    maxPolls: Union[int, None]
    #: Whether the client learns from finished tasks when a task of the same type is likely to be ready, and asks then.
    #: Tasks whose times are set here or in the request are asked for at those times.
    learn: Union[bool, None]


class ConfigGuard(TypedDict, total=False):
    """The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs."""

    #: Tasks created in a minute at most. Default: no limit.
    tasksPerMinute: Union[int, None]
    #: Tasks created by this client at most. Default: no limit.
    maxTasks: Union[int, None]
    #: How long creates are held back after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST.
    holdOnRefusalMs: Union[int, None]


class ConfigCallback(TypedDict):
    """Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's token."""

    #: Address and port to listen on; port 0 takes a free one.
    listen: str
    #: URL under which the service reaches that address.
    publicUrl: str


class Config(TypedDict, total=False):
    """Keywords of captask.Client."""

    #: The account's key. Default: the environment variable CAPTASK_CLIENT_KEY.
    clientKey: Union[str, None]
    #: URL of the service, without login, query or fragment. "sandbox:" is a stand-in inside this process that dies with
    #: the client and needs no key.
    endpoint: Union[str, None]
    #: URLs tried in order when the one before cannot be connected to. https never falls back to http.
    fallbackEndpoints: Union[List[str], None]
    #: Where getUserAgent asks. With the endpoint sandbox: it is the sandbox's own.
    userAgentEndpoint: Union[str, None]
    #: Proxy for the calls to the service, with optional login, in which # / ? are written %23 %2F %3F; "environment"
    #: reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does, and HTTP_PROXY unless REQUEST_METHOD is set.
    #: Default: none.
    proxy: Union[str, None]
    #: Certificates are always verified.
    tls: Union[ConfigTls, None]
    #: For connecting, TLS and proxy included.
    connectTimeoutMs: Union[int, None]
    #: For one HTTP exchange.
    requestTimeoutMs: Union[int, None]
    #: For a single call with its repetitions.
    callTimeoutMs: Union[int, None]
    #: Connections of the client at most, single calls included.
    maxConnections: Union[int, None]
    #: Submitted and unread tasks at most; beyond it CAPTASK_QUEUE_FULL.
    maxInFlight: Union[int, None]
    #: Sent with createTask when set. Default: none.
    softId: Union[int, None]
    #: What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at.
    validate: Literal["strict", "warn", "off", None]
    #: Over the timings of each type.
    poll: Union[ConfigPoll, None]
    #: The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs.
    guard: Union[ConfigGuard, None]
    #: Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's
    #: token.
    callback: Union[ConfigCallback, None]
    #: Path of a file that remembers paid, unread tasks over a crash. Default: none.
    journal: Union[str, None]
    #: Path of a file with newer facts about task types (captask_describe("catalogue") has its schema): checks, poll
    #: times and the private sandbox of this client go by it, laid over the built-in catalogue. It wins over the
    #: environment variable CAPTASK_CATALOGUE, which names such a file for the whole process, captask_check and
    #: captask_describe included. Default: none.
    catalogue: Union[str, None]


class Options(TypedDict, total=False):
    """Keywords of solve and submit."""

    #: Milliseconds after which the task is given up with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the configuration,
    #: else by type.
    timeoutMs: int
    #: Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else by type.
    firstPollMs: int
    #: Milliseconds between polls; stretched where the deadline would not be reached with the 120 polls that the service
    #: allows. Default: poll.intervalMs of the configuration, else by type.
    pollIntervalMs: int
    #: getTaskResult calls at most. Default: poll.maxPolls of the configuration, else 120.
    maxPolls: int
    #: getTaskResult calls that an adopted task has behind it.
    pollsUsed: int
    #: What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at.
    #: Default: validate of the configuration, else warn.
    validate: Literal["strict", "warn", "off"]
    #: URL that the service posts the result to. It wins over the callback of the configuration, and the task is polled.
    callbackUrl: Union[str, None]
    #: Number of the partner or program. It wins over softId of the configuration.
    softId: Any

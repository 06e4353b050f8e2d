"""Keywords of clients and sandboxes.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Callable, Dict, List, Literal, TypedDict, Union

from ._events import Event


class ConfigTls(TypedDict, total=False):
    """Settings of TLS. Certificates are always verified."""

    #: Trusted roots: "bundled", "system", or the path of a PEM file. Any other text is a path.
    roots: Union[str, None]


class ConfigPoll(TypedDict, total=False):
    """Poll times. Each key replaces that time of every task type."""

    #: Time from the taskId to the first poll. Default: that of the task type.
    firstMs: Union[int, None]
    #: Time between polls. It is stretched when 120 polls, the most that the service allows, would run out before the
    #: deadline. Default: that of the task type.
    intervalMs: Union[int, None]
    #: Time after which a task ends with CAPTASK_TIMEOUT. Default: that of the task type.
    timeoutMs: Union[int, None]
    #: The most polls (getTaskResult calls) of one task.
    maxPolls: Union[int, None]
    #: Whether the client learns from finished tasks when a task of the same type is likely to be ready, and polls then.
    #: A task whose times are set here or in its request is polled at those times.
    learn: Union[bool, None]


class ConfigGuard(TypedDict, total=False):
    """Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs."""

    #: The most tasks that the client buys in a minute. Default: no limit.
    tasksPerMinute: Union[int, None]
    #: The most tasks that the client buys. Default: no limit.
    maxTasks: Union[int, None]
    #: How long the client buys nothing after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST.
    holdOnRefusalMs: Union[int, None]


class ConfigCallback(TypedDict):
    """Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is publicUrl, a slash and a token of that task."""

    #: Address and port to listen on. Port 0 takes a free one.
    listen: str
    #: URL at which the service reaches that address.
    publicUrl: str


class Config(TypedDict, total=False):
    """Keywords of captask.Client and captask.AsyncClient."""

    #: The account's key. Default: the environment variable CAPTASK_CLIENT_KEY.
    clientKey: Union[str, None]
    #: URL of the service, without login, query or fragment. "sandbox:" is a stand-in for the service inside this
    #: process. It needs no key, and ends when the client is closed.
    endpoint: Union[str, None]
    #: URLs that the client tries in this order when it cannot connect to the one before. It never falls back from https
    #: to http.
    fallbackEndpoints: Union[List[str], None]
    #: URL for getUserAgent. With the endpoint "sandbox:" the sandbox answers it.
    userAgentEndpoint: Union[str, None]
    #: Proxy for the calls to the service. It may have a login, in which # / ? are written %23 %2F %3F. "environment"
    #: reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does; it ignores HTTP_PROXY if REQUEST_METHOD is
    #: set. Default: none.
    proxy: Union[str, None]
    #: Settings of TLS. Certificates are always verified.
    tls: Union[ConfigTls, None]
    #: Limit for connecting to the server, with the proxy and TLS.
    connectTimeoutMs: Union[int, None]
    #: Limit for one HTTP request and its reply.
    requestTimeoutMs: Union[int, None]
    #: Limit for a single call with all its repetitions.
    callTimeoutMs: Union[int, None]
    #: The most connections of the client, those of single calls included.
    maxConnections: Union[int, None]
    #: The most tasks that are submitted and not yet read. One more is refused with CAPTASK_QUEUE_FULL.
    maxInFlight: Union[int, None]
    #: Number of the partner or program, sent with createTask. Default: none.
    softId: Union[int, None]
    #: What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it.
    #: off: do not check tasks.
    validate: Literal["strict", "warn", "off", None]
    #: Poll times. Each key replaces that time of every task type.
    poll: Union[ConfigPoll, None]
    #: Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs.
    guard: Union[ConfigGuard, None]
    #: Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is
    #: publicUrl, a slash and a token of that task.
    callback: Union[ConfigCallback, None]
    #: Path of a file that keeps the tasks that are paid and not yet read, so that they survive a crash. Default: none.
    journal: Union[str, None]
    #: Path of a catalogue file: newer facts about task types, which add to the built-in catalogue or change it
    #: (captask_describe("catalogue") has its schema). The checks, the poll times and the sandbox of this client use it.
    #: It replaces the file of the environment variable CAPTASK_CATALOGUE, which applies to the whole process,
    #: captask_check and captask_describe included. Default: none.
    catalogue: Union[str, None]
    #: Seconds: the same as poll.timeoutMs and callTimeoutMs, for tasks and for single calls.
    timeout: Union[float, timedelta, None]
    #: Called when a task was bought: event.task_id, event.extra.
    on_bought: Union[Callable[[Event], object], None]
    #: Called when something went wrong and is tried again: event.reason, event.retries.
    on_retry: Union[Callable[[Event], object], None]
    #: Called with each task's answer or error: event.answer.
    on_answer: Union[Callable[[Event], object], None]


class Options(TypedDict, total=False):
    """Keywords of solve, submit, solve_many, imap and check."""

    #: Milliseconds after which the task ends with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the configuration, else
    #: that of the task type.
    timeoutMs: int
    #: Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else that of the task
    #: type.
    firstPollMs: int
    #: Milliseconds between polls. The interval is stretched when 120 polls, the most that the service allows, would run
    #: out before the deadline. Default: poll.intervalMs of the configuration, else that of the task type.
    pollIntervalMs: int
    #: The most polls (getTaskResult calls) of the task. Default: poll.maxPolls of the configuration, else 120.
    maxPolls: int
    #: Polls that were already made of an adopted task.
    pollsUsed: int
    #: What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it.
    #: off: do not check it. Default: validate of the configuration, else warn.
    validate: Literal["strict", "warn", "off"]
    #: URL to which the service posts the result. It replaces the callback of the configuration, and the client polls
    #: for the result.
    callbackUrl: Union[str, None]
    #: Number of the partner or program. It replaces softId of the configuration.
    softId: Any
    #: Seconds after which the task is given up: timeoutMs by another name.
    timeout: Union[float, timedelta, None]


class _SandboxConfigAccountsItemRequired(TypedDict):
    #: The clientKey, without __ suffixes.
    key: str


class SandboxConfigAccountsItem(_SandboxConfigAccountsItemRequired, total=False):
    """SandboxConfigAccountsItem."""

    #: Dollars that the account starts with. Default: balance of the configuration.
    balance: float
    #: active: calls with this key are served. With the other values every call is answered with ERROR_IP_BANNED,
    #: ERROR_IP_BLOCKED or ERROR_IP_NOT_ALLOWED.
    status: Literal["active", "banned", "blocked", "addressNotAllowed"]


class SandboxConfigSolveMs(TypedDict):
    """SandboxConfigSolveMs."""

    min: int
    max: int


class SandboxConfigRule(TypedDict, total=False):
    """SandboxConfigRule."""

    #: Members of the task and the values that they must have. Without members, the rule matches every task.
    match: Dict[str, Any]
    #: The solution to send.
    solution: Dict[str, Any]
    #: The code with which the task fails, instead of a solution.
    error: str


class _SandboxConfigFaultRequired(TypedDict):
    #: refuse: the port refuses connections for forMs; without a condition it does so at once. resetBeforeRead: the
    #: connection is reset before the body is read. resetAfterRead: it is reset after the body is read. dropReply: the
    #: request is carried out, then the connection is closed without an answer. truncate: half of the answer is sent,
    #: then the connection is closed. stall: the request is carried out, and nothing is sent for delayMs (60000).
    #: slowBytes: the answer's body is sent byte by byte, delayMs (100) apart. status: an HTTP status (503) with an HTML
    #: page. html: an HTML page with status 200. garbage: bytes that are not text. wrongEnvelope: JSON that is not an
    #: answer of the service. wrongContentLength: a content-length of half the body. oversize: an answer of the size in
    #: "bytes". error: the error code in "error". delay: the correct answer after delayMs (1000).
    kind: Literal["refuse", "resetBeforeRead", "resetAfterRead", "dropReply", "truncate", "stall", "slowBytes", "status", "html", "garbage", "wrongEnvelope", "wrongContentLength", "oversize", "error", "delay"]


class SandboxConfigFault(_SandboxConfigFaultRequired, total=False):
    """SandboxConfigFault."""

    #: The method that the fault applies to. Default: every method.
    method: Literal["createTask", "getTaskResult", "getBalance", "getUserAgent", "reportIncorrectImageCaptcha", "reportIncorrectTokenCaptcha", "unknown"]
    #: Only the n-th matching request, counted from 1. Requests to which another fault applies are counted too.
    nth: int
    #: Every n-th matching request.
    every: int
    #: This share of the matching requests, chosen at random.
    rate: float
    #: The most times that the fault applies.
    count: int
    #: The HTTP status of the answer.
    status: int
    #: Seconds in a retry-after header.
    retryAfterS: int
    #: The answer's body for the kinds status, html and wrongEnvelope.
    body: str
    #: The error code for the kind error.
    error: str
    #: Milliseconds for the kinds stall, slowBytes and delay.
    delayMs: int
    #: Milliseconds for the kind refuse.
    forMs: int
    #: Size of the answer for the kind oversize.
    bytes: int
    #: Whether the request is carried out (createTask buys the task) although its answer is faulty. Default: true for
    #: dropReply, truncate, stall, slowBytes, wrongContentLength and delay, false for the others.
    executes: bool


class SandboxConfigBans(TypedDict, total=False):
    """SandboxConfigBans."""

    #: Number of mistakes that lead to a ban.
    after: int
    #: Milliseconds within which these mistakes are made.
    withinMs: int
    #: Milliseconds that the ban lasts.
    forMs: int


class SandboxConfig(TypedDict, total=False):
    """Keywords of captask.Sandbox."""

    #: Address and port to listen on. Port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1]; with any
    #: other address, whoever can reach that address can use and control the sandbox.
    listen: str
    #: The accounts. Without this member, every key of 1 to 256 visible ASCII characters has an account of its own.
    accounts: List[SandboxConfigAccountsItem]
    #: Dollars that an account starts with, exact to six decimal places.
    balance: float
    #: Dollars that a task costs, exact to six decimal places. The account pays when the task is created; a task that
    #: will fail costs nothing.
    price: float
    #: Milliseconds from createTask until a task is ready: a number, or a range from which each task gets a random time.
    solveMs: Union[int, SandboxConfigSolveMs]
    #: The same for each task type: type names and their times.
    solveMsByType: Dict[str, SandboxConfigSolveMs]
    #: Makes the random solving times and faults the same in each run.
    seed: int
    #: Milliseconds for which the sandbox keeps the result of a finished task.
    retentionMs: int
    #: The most polls of a task. Further polls are answered with ERROR_TOO_MUCH_REQUESTS.
    maxPolls: int
    #: The most tasks that the sandbox keeps. Beyond it a new task replaces the oldest one if that is finished;
    #: otherwise createTask answers with ERROR_NO_SLOT_AVAILABLE.
    maxTasks: int
    #: The first taskId; each task gets the next one.
    firstTaskId: int
    #: Whether the sandbox checks tasks against the catalogue. With false it accepts any type with any members.
    checkTasks: bool
    #: Solutions by task type, or a list of rules, of which the first that matches applies. Other tasks get an
    #: artificial solution in the form of their type.
    solutions: Union[Dict[str, Dict[str, Any]], List[SandboxConfigRule]]
    #: Faults that the sandbox injects. At most one applies to a request: the first in the list whose condition holds.
    #: The kinds refuse and resetBeforeRead come first, because they do not read the request.
    faults: List[SandboxConfigFault]
    #: A ready-made configuration; the other members of this object replace its members. flaky-network: lost
    #: connections, lost replies, overload pages and slow answers for about a quarter of the requests. zero-balance: no
    #: account has money. banned: every method answers with ERROR_IP_BANNED. slow-service: a task takes 20 to 60
    #: seconds, and every answer one second.
    scenario: Literal["flaky-network", "zero-balance", "banned", "slow-service"]
    #: Whether the sandbox bans an address that repeats a mistake (a wrong key, no money, wrong task ids, too many
    #: polls). All calls from a banned address are answered with ERROR_IP_BANNED. The service documents ten minutes, but
    #: not the number of mistakes.
    bans: Union[bool, SandboxConfigBans]
    #: How many of the newest requests the sandbox keeps for GET /_sandbox/requests, each with at most 4096 bytes of its
    #: body and of its answer. Keys and proxy passwords in them are masked.
    keepRequests: int
    #: Host names of the sandbox, such as a container's service name. The sandbox refuses requests for any host that is
    #: not in this list, an IP address or localhost.
    controlHosts: List[str]
    #: Path of a catalogue file: newer facts about task types (captask_describe("catalogue") has its schema). The
    #: sandbox checks and solves tasks by it. It replaces the file of the environment variable CAPTASK_CATALOGUE.
    catalogue: str
    #: Path of a PEM file with the trusted roots for an https callbackUrl. Default: the machine's roots, or the bundled
    #: ones if the machine has none.
    callbackRoots: str


#: What help() tells of Config.
CONFIG_HELP = """\
clientKey: The account's key. Default: the environment variable CAPTASK_CLIENT_KEY.
endpoint: URL of the service, without login, query or fragment. "sandbox:" is a stand-in for the service inside
    this process. It needs no key, and ends when the client is closed.
fallbackEndpoints: URLs that the client tries in this order when it cannot connect to the one before. It never
    falls back from https to http.
userAgentEndpoint: URL for getUserAgent. With the endpoint "sandbox:" the sandbox answers it.
proxy: Proxy for the calls to the service. It may have a login, in which # / ? are written %23 %2F %3F.
    "environment" reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does; it ignores HTTP_PROXY if
    REQUEST_METHOD is set. Default: none.
tls: Settings of TLS. Certificates are always verified.
connectTimeoutMs: Limit for connecting to the server, with the proxy and TLS.
requestTimeoutMs: Limit for one HTTP request and its reply.
callTimeoutMs: Limit for a single call with all its repetitions.
maxConnections: The most connections of the client, those of single calls included.
maxInFlight: The most tasks that are submitted and not yet read. One more is refused with CAPTASK_QUEUE_FULL.
softId: Number of the partner or program, sent with createTask. Default: none.
validate: What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and
    send it. off: do not check tasks.
poll: Poll times. Each key replaces that time of every task type.
guard: Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs.
callback: Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a
    task is publicUrl, a slash and a token of that task.
journal: Path of a file that keeps the tasks that are paid and not yet read, so that they survive a crash.
    Default: none.
catalogue: Path of a catalogue file: newer facts about task types, which add to the built-in catalogue or change
    it (captask_describe("catalogue") has its schema). The checks, the poll times and the sandbox of this client
    use it. It replaces the file of the environment variable CAPTASK_CATALOGUE, which applies to the whole
    process, captask_check and captask_describe included. Default: none.
timeout: Seconds: the same as poll.timeoutMs and callTimeoutMs, for tasks and for single calls.
on_bought: Called when a task was bought: event.task_id, event.extra.
on_retry: Called when something went wrong and is tried again: event.reason, event.retries.
on_answer: Called with each task's answer or error: event.answer.
"""

#: What help() tells of Options.
OPTIONS_HELP = """\
timeoutMs: Milliseconds after which the task ends with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the
    configuration, else that of the task type.
firstPollMs: Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else
    that of the task type.
pollIntervalMs: Milliseconds between polls. The interval is stretched when 120 polls, the most that the service
    allows, would run out before the deadline. Default: poll.intervalMs of the configuration, else that of the
    task type.
maxPolls: The most polls (getTaskResult calls) of the task. Default: poll.maxPolls of the configuration, else
    120.
pollsUsed: Polls that were already made of an adopted task.
validate: What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and
    send it. off: do not check it. Default: validate of the configuration, else warn.
callbackUrl: URL to which the service posts the result. It replaces the callback of the configuration, and the
    client polls for the result.
softId: Number of the partner or program. It replaces softId of the configuration.
timeout: Seconds after which the task is given up: timeoutMs by another name.
"""

#: What help() tells of SandboxConfig.
SANDBOXCONFIG_HELP = """\
listen: Address and port to listen on. Port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1];
    with any other address, whoever can reach that address can use and control the sandbox.
accounts: The accounts. Without this member, every key of 1 to 256 visible ASCII characters has an account of
    its own.
balance: Dollars that an account starts with, exact to six decimal places.
price: Dollars that a task costs, exact to six decimal places. The account pays when the task is created; a task
    that will fail costs nothing.
solveMs: Milliseconds from createTask until a task is ready: a number, or a range from which each task gets a
    random time.
solveMsByType: The same for each task type: type names and their times.
seed: Makes the random solving times and faults the same in each run.
retentionMs: Milliseconds for which the sandbox keeps the result of a finished task.
maxPolls: The most polls of a task. Further polls are answered with ERROR_TOO_MUCH_REQUESTS.
maxTasks: The most tasks that the sandbox keeps. Beyond it a new task replaces the oldest one if that is
    finished; otherwise createTask answers with ERROR_NO_SLOT_AVAILABLE.
firstTaskId: The first taskId; each task gets the next one.
checkTasks: Whether the sandbox checks tasks against the catalogue. With false it accepts any type with any
    members.
solutions: Solutions by task type, or a list of rules, of which the first that matches applies. Other tasks get
    an artificial solution in the form of their type.
faults: Faults that the sandbox injects. At most one applies to a request: the first in the list whose condition
    holds. The kinds refuse and resetBeforeRead come first, because they do not read the request.
scenario: A ready-made configuration; the other members of this object replace its members. flaky-network: lost
    connections, lost replies, overload pages and slow answers for about a quarter of the requests. zero-
    balance: no account has money. banned: every method answers with ERROR_IP_BANNED. slow-service: a task takes
    20 to 60 seconds, and every answer one second.
bans: Whether the sandbox bans an address that repeats a mistake (a wrong key, no money, wrong task ids, too
    many polls). All calls from a banned address are answered with ERROR_IP_BANNED. The service documents ten
    minutes, but not the number of mistakes.
keepRequests: How many of the newest requests the sandbox keeps for GET /_sandbox/requests, each with at most
    4096 bytes of its body and of its answer. Keys and proxy passwords in them are masked.
controlHosts: Host names of the sandbox, such as a container's service name. The sandbox refuses requests for
    any host that is not in this list, an IP address or localhost.
catalogue: Path of a catalogue file: newer facts about task types (captask_describe("catalogue") has its
    schema). The sandbox checks and solves tasks by it. It replaces the file of the environment variable
    CAPTASK_CATALOGUE.
callbackRoots: Path of a PEM file with the trusted roots for an https callbackUrl. Default: the machine's roots,
    or the bundled ones if the machine has none.
"""

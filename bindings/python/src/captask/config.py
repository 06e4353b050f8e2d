"""Keywords of clients and sandboxes.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Callable, Dict, List, Literal, TypedDict, Union

from ._events import Event


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
    """Keywords of captask.Client and captask.AsyncClient."""

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
    #: Seconds after which the task is given up: timeoutMs by another name.
    timeout: Union[float, timedelta, None]


class _SandboxConfigAccountsItemRequired(TypedDict):
    #: The clientKey, without __ suffixes.
    key: str


class SandboxConfigAccountsItem(_SandboxConfigAccountsItemRequired, total=False):
    """SandboxConfigAccountsItem."""

    #: Dollars the account starts with; what is not said comes from the configuration's balance.
    balance: float
    #: Whether the service talks to the account: else every call with its key is answered ERROR_IP_BANNED,
    #: ERROR_IP_BLOCKED or ERROR_IP_NOT_ALLOWED.
    status: Literal["active", "banned", "blocked", "addressNotAllowed"]


class SandboxConfigSolveMs(TypedDict):
    """SandboxConfigSolveMs."""

    min: int
    max: int


class SandboxConfigRule(TypedDict, total=False):
    """SandboxConfigRule."""

    #: Members of the task and the values they must have; none fits every task.
    match: Dict[str, Any]
    #: The solution, as it is to be sent.
    solution: Dict[str, Any]
    #: The code with which the task fails, in place of a solution.
    error: str


class _SandboxConfigFaultRequired(TypedDict):
    #: refuse: for forMs the port refuses connections, at once when the fault has no condition. resetBeforeRead: reset
    #: before the body is read. resetAfterRead: reset after it. dropReply: the request is carried out and the connection
    #: closed without a word. truncate: half of the answer, then the end. stall: carried out, then silence for delayMs
    #: (60000). slowBytes: the answer's body byte by byte, delayMs (100) apart. status: an HTTP status (503) with a
    #: page. html: a page of HTML with status 200. garbage: bytes that are no text. wrongEnvelope: JSON that is not the
    #: service's. wrongContentLength: a content-length of half the body. oversize: an answer of so many bytes. error:
    #: the error code in "error". delay: the proper answer after delayMs (1000).
    kind: Literal["refuse", "resetBeforeRead", "resetAfterRead", "dropReply", "truncate", "stall", "slowBytes", "status", "html", "garbage", "wrongEnvelope", "wrongContentLength", "oversize", "error", "delay"]


class SandboxConfigFault(_SandboxConfigFaultRequired, total=False):
    """SandboxConfigFault."""

    #: The method it strikes; without it every one.
    method: Literal["createTask", "getTaskResult", "getBalance", "getUserAgent", "reportIncorrectImageCaptcha", "reportIncorrectTokenCaptcha", "unknown"]
    #: Only the n-th matching request, counted from 1; those that another fault strikes are counted, too.
    nth: int
    #: Every n-th matching request.
    every: int
    #: This share of the matching requests.
    rate: float
    #: At most so many times.
    count: int
    #: The HTTP status of the answer.
    status: int
    #: Seconds in a retry-after header.
    retryAfterS: int
    #: The answer's body for status, html and wrongEnvelope.
    body: str
    #: The error code for kind error.
    error: str
    #: Milliseconds for stall, slowBytes and delay.
    delayMs: int
    #: Milliseconds for refuse.
    forMs: int
    #: Size of an oversize answer.
    bytes: int
    #: Whether the request is carried out (a task bought and paid) although its answer goes wrong. The default is true
    #: for dropReply, truncate, stall, slowBytes, wrongContentLength and delay, else false.
    executes: bool


class SandboxConfigBans(TypedDict, total=False):
    """SandboxConfigBans."""

    #: Mistakes.
    after: int
    #: The milliseconds in which they have to come.
    withinMs: int
    #: Milliseconds of the ban.
    forMs: int


class SandboxConfig(TypedDict, total=False):
    """Keywords of captask.Sandbox."""

    #: Address and port to listen on; port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1]; any other
    #: address opens the sandbox, and its control paths, to whoever can reach that address.
    listen: str
    #: The accounts there are. With none named, every key of 1 to 256 visible ASCII characters has an account of its
    #: own.
    accounts: List[SandboxConfigAccountsItem]
    #: Dollars an account starts with, exact to six places.
    balance: float
    #: Dollars a task costs, exact to six places. It is taken when the task is created; tasks that are to fail cost
    #: nothing.
    price: float
    #: Milliseconds from createTask until a task is ready: a number, or a range of which each task takes some time.
    solveMs: Union[int, SandboxConfigSolveMs]
    #: The same for tasks of a type.
    solveMsByType: Dict[str, SandboxConfigSolveMs]
    #: Makes solving times and fault rates the same in each run.
    seed: int
    #: Milliseconds for which the result of a finished task can be asked for.
    retentionMs: int
    #: How often a task's result may be asked for; after that the answer is ERROR_TOO_MUCH_REQUESTS.
    maxPolls: int
    #: Tasks remembered at once. Above that the oldest is forgotten if it is finished, else createTask answers
    #: ERROR_NO_SLOT_AVAILABLE.
    maxTasks: int
    #: The first taskId; each task gets the next one.
    firstTaskId: int
    #: Whether tasks are checked against the catalogue; false takes any type with any members.
    checkTasks: bool
    #: Solutions to give: by task type, or as rules of which the first that fits counts. Other tasks get an artificial
    #: solution of their type's form.
    solutions: Union[Dict[str, Dict[str, Any]], List[SandboxConfigRule]]
    #: What goes wrong. At each request the first fault of the list that strikes counts, and refuse and resetBeforeRead,
    #: which do not read the request, come before the others; at most 100.
    faults: List[SandboxConfigFault]
    #: A ready-made configuration; members beside it win. flaky-network: lost connections and replies, overload pages
    #: and slow answers at about a quarter of the requests. zero-balance: no account has money. banned: every method
    #: answers ERROR_IP_BANNED. slow-service: solving takes 20 to 60 seconds and every answer one.
    scenario: Literal["flaky-network", "zero-balance", "banned", "slow-service"]
    #: Whether an address that goes on making one mistake (a wrong key, no money, wrong task ids or too many polls) is
    #: banned: all its calls are answered ERROR_IP_BANNED. The service documents ten minutes, and not how many mistakes
    #: it takes.
    bans: Union[bool, SandboxConfigBans]
    #: How many of the newest requests are kept to be looked at, each with at most 4096 bytes of its body and of its
    #: answer. Keys and proxy passwords in them are shown masked.
    keepRequests: int
    #: Host names, beside addresses and localhost, under which the sandbox may be reached, as a container's service
    #: name. It refuses requests for any other host, on every path.
    controlHosts: List[str]
    #: A file with newer facts about task types (captask_describe("catalogue") has its schema), by which tasks are
    #: checked and solved. It wins over the environment variable CAPTASK_CATALOGUE.
    catalogue: str
    #: A PEM file with the roots that an https callbackUrl's certificate is checked against. Without it the machine's
    #: roots, or the bundled ones where it has none.
    callbackRoots: str


#: What help() tells of Config.
CONFIG_HELP = """\
clientKey: The account's key. Default: the environment variable CAPTASK_CLIENT_KEY.
endpoint: URL of the service, without login, query or fragment. "sandbox:" is a stand-in inside this process
    that dies with the client and needs no key.
fallbackEndpoints: URLs tried in order when the one before cannot be connected to. https never falls back to
    http.
userAgentEndpoint: Where getUserAgent asks. With the endpoint sandbox: it is the sandbox's own.
proxy: Proxy for the calls to the service, with optional login, in which # / ? are written %23 %2F %3F;
    "environment" reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does, and HTTP_PROXY unless
    REQUEST_METHOD is set. Default: none.
tls: Certificates are always verified.
connectTimeoutMs: For connecting, TLS and proxy included.
requestTimeoutMs: For one HTTP exchange.
callTimeoutMs: For a single call with its repetitions.
maxConnections: Connections of the client at most, single calls included.
maxInFlight: Submitted and unread tasks at most; beyond it CAPTASK_QUEUE_FULL.
softId: Sent with createTask when set. Default: none.
validate: What to do with a task whose members do not fit its type: refuse it, log it and send it, send it
    unlooked at.
poll: Over the timings of each type.
guard: The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs.
callback: Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the
    task's token.
journal: Path of a file that remembers paid, unread tasks over a crash. Default: none.
catalogue: Path of a file with newer facts about task types (captask_describe("catalogue") has its schema):
    checks, poll times and the private sandbox of this client go by it, laid over the built-in catalogue. It
    wins over the environment variable CAPTASK_CATALOGUE, which names such a file for the whole process,
    captask_check and captask_describe included. Default: none.
timeout: Seconds: the same as poll.timeoutMs and callTimeoutMs, for tasks and for single calls.
on_bought: Called when a task was bought: event.task_id, event.extra.
on_retry: Called when something went wrong and is tried again: event.reason, event.retries.
on_answer: Called with each task's answer or error: event.answer.
"""

#: What help() tells of Options.
OPTIONS_HELP = """\
timeoutMs: Milliseconds after which the task is given up with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the
    configuration, else by type.
firstPollMs: Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else by
    type.
pollIntervalMs: Milliseconds between polls; stretched where the deadline would not be reached with the 120 polls
    that the service allows. Default: poll.intervalMs of the configuration, else by type.
maxPolls: getTaskResult calls at most. Default: poll.maxPolls of the configuration, else 120.
pollsUsed: getTaskResult calls that an adopted task has behind it.
validate: What to do with a task whose members do not fit its type: refuse it, log it and send it, send it
    unlooked at. Default: validate of the configuration, else warn.
callbackUrl: URL that the service posts the result to. It wins over the callback of the configuration, and the
    task is polled.
softId: Number of the partner or program. It wins over softId of the configuration.
timeout: Seconds after which the task is given up: timeoutMs by another name.
"""

#: What help() tells of SandboxConfig.
SANDBOXCONFIG_HELP = """\
listen: Address and port to listen on; port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1];
    any other address opens the sandbox, and its control paths, to whoever can reach that address.
accounts: The accounts there are. With none named, every key of 1 to 256 visible ASCII characters has an account
    of its own.
balance: Dollars an account starts with, exact to six places.
price: Dollars a task costs, exact to six places. It is taken when the task is created; tasks that are to fail
    cost nothing.
solveMs: Milliseconds from createTask until a task is ready: a number, or a range of which each task takes some
    time.
solveMsByType: The same for tasks of a type.
seed: Makes solving times and fault rates the same in each run.
retentionMs: Milliseconds for which the result of a finished task can be asked for.
maxPolls: How often a task's result may be asked for; after that the answer is ERROR_TOO_MUCH_REQUESTS.
maxTasks: Tasks remembered at once. Above that the oldest is forgotten if it is finished, else createTask
    answers ERROR_NO_SLOT_AVAILABLE.
firstTaskId: The first taskId; each task gets the next one.
checkTasks: Whether tasks are checked against the catalogue; false takes any type with any members.
solutions: Solutions to give: by task type, or as rules of which the first that fits counts. Other tasks get an
    artificial solution of their type's form.
faults: What goes wrong. At each request the first fault of the list that strikes counts, and refuse and
    resetBeforeRead, which do not read the request, come before the others; at most 100.
scenario: A ready-made configuration; members beside it win. flaky-network: lost connections and replies,
    overload pages and slow answers at about a quarter of the requests. zero-balance: no account has money.
    banned: every method answers ERROR_IP_BANNED. slow-service: solving takes 20 to 60 seconds and every answer
    one.
bans: Whether an address that goes on making one mistake (a wrong key, no money, wrong task ids or too many
    polls) is banned: all its calls are answered ERROR_IP_BANNED. The service documents ten minutes, and not how
    many mistakes it takes.
keepRequests: How many of the newest requests are kept to be looked at, each with at most 4096 bytes of its body
    and of its answer. Keys and proxy passwords in them are shown masked.
controlHosts: Host names, beside addresses and localhost, under which the sandbox may be reached, as a
    container's service name. It refuses requests for any other host, on every path.
catalogue: A file with newer facts about task types (captask_describe("catalogue") has its schema), by which
    tasks are checked and solved. It wins over the environment variable CAPTASK_CATALOGUE.
callbackRoots: A PEM file with the roots that an https callbackUrl's certificate is checked against. Without it
    the machine's roots, or the bundled ones where it has none.
"""

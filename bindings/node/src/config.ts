// Configuration of Client and Sandbox, and options of a task.
// Generated (make generate). Do not edit.

/** Settings of TLS. Certificates are always verified. */
export interface ConfigTls {
  /** Trusted roots: "bundled", "system", or the path of a PEM file. Any other text is a path. */
  roots?: string | null | undefined;
}

/** Poll times. Each key replaces that time of every task type. */
export interface ConfigPoll {
  /** Time from the taskId to the first poll. Default: that of the task type. */
  firstMs?: number | null | undefined;
  /**
   * Time between polls. It is stretched when 120 polls, the most that the service allows, would run out before the
   * deadline. Default: that of the task type.
   */
  intervalMs?: number | null | undefined;
  /** Time after which a task ends with CAPTASK_TIMEOUT. Default: that of the task type. */
  timeoutMs?: number | null | undefined;
  /** The most polls (getTaskResult calls) of one task. */
  maxPolls?: number | null | undefined;
  /**
   * Whether the client learns from finished tasks when a task of the same type is likely to be ready, and polls then. A
   * task whose times are set here or in its request is polled at those times.
   */
  learn?: boolean | null | undefined;
}

/** Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs. */
export interface ConfigGuard {
  /** The most tasks that the client buys in a minute. Default: no limit. */
  tasksPerMinute?: number | null | undefined;
  /** The most tasks that the client buys. Default: no limit. */
  maxTasks?: number | null | undefined;
  /** How long the client buys nothing after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST. */
  holdOnRefusalMs?: number | null | undefined;
}

/**
 * Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is
 * publicUrl, a slash and a token of that task.
 */
export interface ConfigCallback {
  /** Address and port to listen on. Port 0 takes a free one. */
  listen: string;
  /** URL at which the service reaches that address. */
  publicUrl: string;
}

/** Configuration of a Client. */
export interface Config {
  /** The account's key. Default: the environment variable CAPTASK_CLIENT_KEY. */
  clientKey?: string | null | undefined;
  /**
   * URL of the service, without login, query or fragment. "sandbox:" is a stand-in for the service inside this process.
   * It needs no key, and ends when the client is closed.
   */
  endpoint?: string | null | undefined;
  /**
   * URLs that the client tries in this order when it cannot connect to the one before. It never falls back from https
   * to http.
   */
  fallbackEndpoints?: string[] | null | undefined;
  /** URL for getUserAgent. With the endpoint "sandbox:" the sandbox answers it. */
  userAgentEndpoint?: string | null | undefined;
  /**
   * Proxy for the calls to the service. It may have a login, in which # / ? are written %23 %2F %3F. "environment"
   * reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does; it ignores HTTP_PROXY if REQUEST_METHOD is set.
   * Default: none.
   */
  proxy?: string | null | undefined;
  /** Settings of TLS. Certificates are always verified. */
  tls?: ConfigTls | null | undefined;
  /** Limit for connecting to the server, with the proxy and TLS. */
  connectTimeoutMs?: number | null | undefined;
  /** Limit for one HTTP request and its reply. */
  requestTimeoutMs?: number | null | undefined;
  /** Limit for a single call with all its repetitions. */
  callTimeoutMs?: number | null | undefined;
  /** The most connections of the client, those of single calls included. */
  maxConnections?: number | null | undefined;
  /** The most tasks that are submitted and not yet read. One more is refused with CAPTASK_QUEUE_FULL. */
  maxInFlight?: number | null | undefined;
  /** Number of the partner or program, sent with createTask. Default: none. */
  softId?: number | null | undefined;
  /**
   * What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it. off:
   * do not check tasks.
   */
  validate?: 'strict' | 'warn' | 'off' | null | undefined;
  /** Poll times. Each key replaces that time of every task type. */
  poll?: ConfigPoll | null | undefined;
  /** Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs. */
  guard?: ConfigGuard | null | undefined;
  /**
   * Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is
   * publicUrl, a slash and a token of that task.
   */
  callback?: ConfigCallback | null | undefined;
  /**
   * Path of a file that keeps the tasks that are paid and not yet read, so that they survive a crash. Default: none.
   */
  journal?: string | null | undefined;
  /**
   * Path of a catalogue file: newer facts about task types, which add to the built-in catalogue or change it
   * (captask_describe("catalogue") has its schema). The checks, the poll times and the sandbox of this client use it.
   * It replaces the file of the environment variable CAPTASK_CATALOGUE, which applies to the whole process,
   * captask_check and captask_describe included. Default: none.
   */
  catalogue?: string | null | undefined;
}

/** Options of one task. */
export interface Options {
  /**
   * Milliseconds after which the task ends with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the configuration, else
   * that of the task type.
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else that of the task
   * type.
   */
  firstPollMs?: number | undefined;
  /**
   * Milliseconds between polls. The interval is stretched when 120 polls, the most that the service allows, would run
   * out before the deadline. Default: poll.intervalMs of the configuration, else that of the task type.
   */
  pollIntervalMs?: number | undefined;
  /** The most polls (getTaskResult calls) of the task. Default: poll.maxPolls of the configuration, else 120. */
  maxPolls?: number | undefined;
  /** Polls that were already made of an adopted task. */
  pollsUsed?: number | undefined;
  /**
   * What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it. off:
   * do not check it. Default: validate of the configuration, else warn.
   */
  validate?: 'strict' | 'warn' | 'off' | undefined;
  /**
   * URL to which the service posts the result. It replaces the callback of the configuration, and the client polls for
   * the result.
   */
  callbackUrl?: string | null | undefined;
  /** Number of the partner or program. It replaces softId of the configuration. */
  softId?: unknown | undefined;
}

export interface SandboxConfigAccountsItem {
  /** The clientKey, without __ suffixes. */
  key: string;
  /** Dollars that the account starts with. Default: balance of the configuration. */
  balance?: number | undefined;
  /**
   * active: calls with this key are served. With the other values every call is answered with ERROR_IP_BANNED,
   * ERROR_IP_BLOCKED or ERROR_IP_NOT_ALLOWED.
   */
  status?: 'active' | 'banned' | 'blocked' | 'addressNotAllowed' | undefined;
}

export interface SandboxSolveMs {
  min: number;
  max: number;
}

export interface SandboxRule {
  /** Members of the task and the values that they must have. Without members, the rule matches every task. */
  match?: { [name: string]: unknown } | undefined;
  /** The solution to send. */
  solution?: { [name: string]: unknown } | undefined;
  /** The code with which the task fails, instead of a solution. */
  error?: string | undefined;
}

export interface SandboxFault {
  /**
   * refuse: the port refuses connections for forMs; without a condition it does so at once. resetBeforeRead: the
   * connection is reset before the body is read. resetAfterRead: it is reset after the body is read. dropReply: the
   * request is carried out, then the connection is closed without an answer. truncate: half of the answer is sent, then
   * the connection is closed. stall: the request is carried out, and nothing is sent for delayMs (60000). slowBytes:
   * the answer's body is sent byte by byte, delayMs (100) apart. status: an HTTP status (503) with an HTML page. html:
   * an HTML page with status 200. garbage: bytes that are not text. wrongEnvelope: JSON that is not an answer of the
   * service. wrongContentLength: a content-length of half the body. oversize: an answer of the size in "bytes". error:
   * the error code in "error". delay: the correct answer after delayMs (1000).
   */
  kind: 'refuse' | 'resetBeforeRead' | 'resetAfterRead' | 'dropReply' | 'truncate' | 'stall' | 'slowBytes' | 'status' | 'html' | 'garbage' | 'wrongEnvelope' | 'wrongContentLength' | 'oversize' | 'error' | 'delay';
  /** The method that the fault applies to. Default: every method. */
  method?: 'createTask' | 'getTaskResult' | 'getBalance' | 'getUserAgent' | 'reportIncorrectImageCaptcha' | 'reportIncorrectTokenCaptcha' | 'unknown' | undefined;
  /** Only the n-th matching request, counted from 1. Requests to which another fault applies are counted too. */
  nth?: number | undefined;
  /** Every n-th matching request. */
  every?: number | undefined;
  /** This share of the matching requests, chosen at random. */
  rate?: number | undefined;
  /** The most times that the fault applies. */
  count?: number | undefined;
  /** The HTTP status of the answer. */
  status?: number | undefined;
  /** Seconds in a retry-after header. */
  retryAfterS?: number | undefined;
  /** The answer's body for the kinds status, html and wrongEnvelope. */
  body?: string | undefined;
  /** The error code for the kind error. */
  error?: string | undefined;
  /** Milliseconds for the kinds stall, slowBytes and delay. */
  delayMs?: number | undefined;
  /** Milliseconds for the kind refuse. */
  forMs?: number | undefined;
  /** Size of the answer for the kind oversize. */
  bytes?: number | undefined;
  /**
   * Whether the request is carried out (createTask buys the task) although its answer is faulty. Default: true for
   * dropReply, truncate, stall, slowBytes, wrongContentLength and delay, false for the others.
   */
  executes?: boolean | undefined;
}

export interface SandboxConfigBans {
  /** Number of mistakes that lead to a ban. */
  after?: number | undefined;
  /** Milliseconds within which these mistakes are made. */
  withinMs?: number | undefined;
  /** Milliseconds that the ban lasts. */
  forMs?: number | undefined;
}

/** Configuration of a Sandbox. */
export interface SandboxConfig {
  /**
   * Address and port to listen on. Port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1]; with any
   * other address, whoever can reach that address can use and control the sandbox.
   */
  listen?: string | undefined;
  /** The accounts. Without this member, every key of 1 to 256 visible ASCII characters has an account of its own. */
  accounts?: SandboxConfigAccountsItem[] | undefined;
  /** Dollars that an account starts with, exact to six decimal places. */
  balance?: number | undefined;
  /**
   * Dollars that a task costs, exact to six decimal places. The account pays when the task is created; a task that will
   * fail costs nothing.
   */
  price?: number | undefined;
  /**
   * Milliseconds from createTask until a task is ready: a number, or a range from which each task gets a random time.
   */
  solveMs?: number | SandboxSolveMs | undefined;
  /** The same for each task type: type names and their times. */
  solveMsByType?: { [name: string]: number | SandboxSolveMs } | undefined;
  /** Makes the random solving times and faults the same in each run. */
  seed?: number | undefined;
  /** Milliseconds for which the sandbox keeps the result of a finished task. */
  retentionMs?: number | undefined;
  /** The most polls of a task. Further polls are answered with ERROR_TOO_MUCH_REQUESTS. */
  maxPolls?: number | undefined;
  /**
   * The most tasks that the sandbox keeps. Beyond it a new task replaces the oldest one if that is finished; otherwise
   * createTask answers with ERROR_NO_SLOT_AVAILABLE.
   */
  maxTasks?: number | undefined;
  /** The first taskId; each task gets the next one. */
  firstTaskId?: number | undefined;
  /** Whether the sandbox checks tasks against the catalogue. With false it accepts any type with any members. */
  checkTasks?: boolean | undefined;
  /**
   * Solutions by task type, or a list of rules, of which the first that matches applies. Other tasks get an artificial
   * solution in the form of their type.
   */
  solutions?: { [name: string]: { [name: string]: unknown } } | SandboxRule[] | undefined;
  /**
   * Faults that the sandbox injects. At most one applies to a request: the first in the list whose condition holds. The
   * kinds refuse and resetBeforeRead come first, because they do not read the request.
   */
  faults?: SandboxFault[] | undefined;
  /**
   * A ready-made configuration; the other members of this object replace its members. flaky-network: lost connections,
   * lost replies, overload pages and slow answers for about a quarter of the requests. zero-balance: no account has
   * money. banned: every method answers with ERROR_IP_BANNED. slow-service: a task takes 20 to 60 seconds, and every
   * answer one second.
   */
  scenario?: 'flaky-network' | 'zero-balance' | 'banned' | 'slow-service' | undefined;
  /**
   * Whether the sandbox bans an address that repeats a mistake (a wrong key, no money, wrong task ids, too many polls).
   * All calls from a banned address are answered with ERROR_IP_BANNED. The service documents ten minutes, but not the
   * number of mistakes.
   */
  bans?: boolean | SandboxConfigBans | undefined;
  /**
   * How many of the newest requests the sandbox keeps for GET /_sandbox/requests, each with at most 4096 bytes of its
   * body and of its answer. Keys and proxy passwords in them are masked.
   */
  keepRequests?: number | undefined;
  /**
   * Host names of the sandbox, such as a container's service name. The sandbox refuses requests for any host that is
   * not in this list, an IP address or localhost.
   */
  controlHosts?: string[] | undefined;
  /**
   * Path of a catalogue file: newer facts about task types (captask_describe("catalogue") has its schema). The sandbox
   * checks and solves tasks by it. It replaces the file of the environment variable CAPTASK_CATALOGUE.
   */
  catalogue?: string | undefined;
  /**
   * Path of a PEM file with the trusted roots for an https callbackUrl. Default: the machine's roots, or the bundled
   * ones if the machine has none.
   */
  callbackRoots?: string | undefined;
}

// Configuration of Client and Sandbox, and options of a task.
// Generated (make generate). Do not edit.

/** Certificates are always verified. */
export interface ConfigTls {
  /** Trusted roots: "bundled", "system" or the path of a PEM file, whatever its name. */
  roots?: string | null | undefined;
}

/** Over the timings of each type. */
export interface ConfigPoll {
  /** From the taskId to the first poll. Default: by type. */
  firstMs?: number | null | undefined;
  /**
   * Between polls; stretched where the deadline would not be reached with the 120 polls that the service allows.
   * Default: by type.
   */
  intervalMs?: number | null | undefined;
  /** After which a task is given up. Default: by type. */
  timeoutMs?: number | null | undefined;
  /** getTaskResult calls for one task at most. */
  maxPolls?: number | null | undefined;
  /**
   * Whether the client learns from finished tasks when a task of the same type is likely to be ready, and asks then.
   * Tasks whose times are set here or in the request are asked for at those times.
   */
  learn?: boolean | null | undefined;
}

/** The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs. */
export interface ConfigGuard {
  /** Tasks created in a minute at most. Default: no limit. */
  tasksPerMinute?: number | null | undefined;
  /** Tasks created by this client at most. Default: no limit. */
  maxTasks?: number | null | undefined;
  /** How long creates are held back after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST. */
  holdOnRefusalMs?: number | null | undefined;
}

/**
 * Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's token.
 */
export interface ConfigCallback {
  /** Address and port to listen on; port 0 takes a free one. */
  listen: string;
  /** URL under which the service reaches that address. */
  publicUrl: string;
}

/** Configuration of a Client. */
export interface Config {
  /** The account's key. Default: the environment variable CAPTASK_CLIENT_KEY. */
  clientKey?: string | null | undefined;
  /**
   * URL of the service, without login, query or fragment. "sandbox:" is a stand-in inside this process that dies with
   * the client and needs no key.
   */
  endpoint?: string | null | undefined;
  /** URLs tried in order when the one before cannot be connected to. https never falls back to http. */
  fallbackEndpoints?: string[] | null | undefined;
  /** Where getUserAgent asks. With the endpoint sandbox: it is the sandbox's own. */
  userAgentEndpoint?: string | null | undefined;
  /**
   * Proxy for the calls to the service, with optional login, in which # / ? are written %23 %2F %3F; "environment"
   * reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does, and HTTP_PROXY unless REQUEST_METHOD is set.
   * Default: none.
   */
  proxy?: string | null | undefined;
  /** Certificates are always verified. */
  tls?: ConfigTls | null | undefined;
  /** For connecting, TLS and proxy included. */
  connectTimeoutMs?: number | null | undefined;
  /** For one HTTP exchange. */
  requestTimeoutMs?: number | null | undefined;
  /** For a single call with its repetitions. */
  callTimeoutMs?: number | null | undefined;
  /** Connections of the client at most, single calls included. */
  maxConnections?: number | null | undefined;
  /** Submitted and unread tasks at most; beyond it CAPTASK_QUEUE_FULL. */
  maxInFlight?: number | null | undefined;
  /** Sent with createTask when set. Default: none. */
  softId?: number | null | undefined;
  /** What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at. */
  validate?: 'strict' | 'warn' | 'off' | null | undefined;
  /** Over the timings of each type. */
  poll?: ConfigPoll | null | undefined;
  /** The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs. */
  guard?: ConfigGuard | null | undefined;
  /**
   * Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's token.
   */
  callback?: ConfigCallback | null | undefined;
  /** Path of a file that remembers paid, unread tasks over a crash. Default: none. */
  journal?: string | null | undefined;
  /**
   * Path of a file with newer facts about task types (captask_describe("catalogue") has its schema): checks, poll times
   * and the private sandbox of this client go by it, laid over the built-in catalogue. It wins over the environment
   * variable CAPTASK_CATALOGUE, which names such a file for the whole process, captask_check and captask_describe
   * included. Default: none.
   */
  catalogue?: string | null | undefined;
}

/** Options of one task. */
export interface Options {
  /**
   * Milliseconds after which the task is given up with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the configuration,
   * else by type.
   */
  timeoutMs?: number | undefined;
  /** Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else by type. */
  firstPollMs?: number | undefined;
  /**
   * Milliseconds between polls; stretched where the deadline would not be reached with the 120 polls that the service
   * allows. Default: poll.intervalMs of the configuration, else by type.
   */
  pollIntervalMs?: number | undefined;
  /** getTaskResult calls at most. Default: poll.maxPolls of the configuration, else 120. */
  maxPolls?: number | undefined;
  /** getTaskResult calls that an adopted task has behind it. */
  pollsUsed?: number | undefined;
  /**
   * What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at.
   * Default: validate of the configuration, else warn.
   */
  validate?: 'strict' | 'warn' | 'off' | undefined;
  /**
   * URL that the service posts the result to. It wins over the callback of the configuration, and the task is polled.
   */
  callbackUrl?: string | null | undefined;
  /** Number of the partner or program. It wins over softId of the configuration. */
  softId?: unknown | undefined;
}

export interface SandboxConfigAccountsItem {
  /** The clientKey, without __ suffixes. */
  key: string;
  /** Dollars the account starts with; what is not said comes from the configuration's balance. */
  balance?: number | undefined;
  /**
   * Whether the service talks to the account: else every call with its key is answered ERROR_IP_BANNED,
   * ERROR_IP_BLOCKED or ERROR_IP_NOT_ALLOWED.
   */
  status?: 'active' | 'banned' | 'blocked' | 'addressNotAllowed' | undefined;
}

export interface SandboxSolveMs {
  min: number;
  max: number;
}

export interface SandboxRule {
  /** Members of the task and the values they must have; none fits every task. */
  match?: { [name: string]: unknown } | undefined;
  /** The solution, as it is to be sent. */
  solution?: { [name: string]: unknown } | undefined;
  /** The code with which the task fails, in place of a solution. */
  error?: string | undefined;
}

export interface SandboxFault {
  /**
   * refuse: for forMs the port refuses connections, at once when the fault has no condition. resetBeforeRead: reset
   * before the body is read. resetAfterRead: reset after it. dropReply: the request is carried out and the connection
   * closed without a word. truncate: half of the answer, then the end. stall: carried out, then silence for delayMs
   * (60000). slowBytes: the answer's body byte by byte, delayMs (100) apart. status: an HTTP status (503) with a page.
   * html: a page of HTML with status 200. garbage: bytes that are no text. wrongEnvelope: JSON that is not the
   * service's. wrongContentLength: a content-length of half the body. oversize: an answer of so many bytes. error: the
   * error code in "error". delay: the proper answer after delayMs (1000).
   */
  kind: 'refuse' | 'resetBeforeRead' | 'resetAfterRead' | 'dropReply' | 'truncate' | 'stall' | 'slowBytes' | 'status' | 'html' | 'garbage' | 'wrongEnvelope' | 'wrongContentLength' | 'oversize' | 'error' | 'delay';
  /** The method it strikes; without it every one. */
  method?: 'createTask' | 'getTaskResult' | 'getBalance' | 'getUserAgent' | 'reportIncorrectImageCaptcha' | 'reportIncorrectTokenCaptcha' | 'unknown' | undefined;
  /** Only the n-th matching request, counted from 1; those that another fault strikes are counted, too. */
  nth?: number | undefined;
  /** Every n-th matching request. */
  every?: number | undefined;
  /** This share of the matching requests. */
  rate?: number | undefined;
  /** At most so many times. */
  count?: number | undefined;
  /** The HTTP status of the answer. */
  status?: number | undefined;
  /** Seconds in a retry-after header. */
  retryAfterS?: number | undefined;
  /** The answer's body for status, html and wrongEnvelope. */
  body?: string | undefined;
  /** The error code for kind error. */
  error?: string | undefined;
  /** Milliseconds for stall, slowBytes and delay. */
  delayMs?: number | undefined;
  /** Milliseconds for refuse. */
  forMs?: number | undefined;
  /** Size of an oversize answer. */
  bytes?: number | undefined;
  /**
   * Whether the request is carried out (a task bought and paid) although its answer goes wrong. The default is true for
   * dropReply, truncate, stall, slowBytes, wrongContentLength and delay, else false.
   */
  executes?: boolean | undefined;
}

export interface SandboxConfigBans {
  /** Mistakes. */
  after?: number | undefined;
  /** The milliseconds in which they have to come. */
  withinMs?: number | undefined;
  /** Milliseconds of the ban. */
  forMs?: number | undefined;
}

/** Configuration of a Sandbox. */
export interface SandboxConfig {
  /**
   * Address and port to listen on; port 0 takes a free one. Only this machine can reach 127.0.0.1 or [::1]; any other
   * address opens the sandbox, and its control paths, to whoever can reach that address.
   */
  listen?: string | undefined;
  /**
   * The accounts there are. With none named, every key of 1 to 256 visible ASCII characters has an account of its own.
   */
  accounts?: SandboxConfigAccountsItem[] | undefined;
  /** Dollars an account starts with, exact to six places. */
  balance?: number | undefined;
  /**
   * Dollars a task costs, exact to six places. It is taken when the task is created; tasks that are to fail cost
   * nothing.
   */
  price?: number | undefined;
  /** Milliseconds from createTask until a task is ready: a number, or a range of which each task takes some time. */
  solveMs?: number | SandboxSolveMs | undefined;
  /** The same for tasks of a type. */
  solveMsByType?: { [name: string]: number | SandboxSolveMs } | undefined;
  /** Makes solving times and fault rates the same in each run. */
  seed?: number | undefined;
  /** Milliseconds for which the result of a finished task can be asked for. */
  retentionMs?: number | undefined;
  /** How often a task's result may be asked for; after that the answer is ERROR_TOO_MUCH_REQUESTS. */
  maxPolls?: number | undefined;
  /**
   * Tasks remembered at once. Above that the oldest is forgotten if it is finished, else createTask answers
   * ERROR_NO_SLOT_AVAILABLE.
   */
  maxTasks?: number | undefined;
  /** The first taskId; each task gets the next one. */
  firstTaskId?: number | undefined;
  /** Whether tasks are checked against the catalogue; false takes any type with any members. */
  checkTasks?: boolean | undefined;
  /**
   * Solutions to give: by task type, or as rules of which the first that fits counts. Other tasks get an artificial
   * solution of their type's form.
   */
  solutions?: { [name: string]: { [name: string]: unknown } } | SandboxRule[] | undefined;
  /**
   * What goes wrong. At each request the first fault of the list that strikes counts, and refuse and resetBeforeRead,
   * which do not read the request, come before the others; at most 100.
   */
  faults?: SandboxFault[] | undefined;
  /**
   * A ready-made configuration; members beside it win. flaky-network: lost connections and replies, overload pages and
   * slow answers at about a quarter of the requests. zero-balance: no account has money. banned: every method answers
   * ERROR_IP_BANNED. slow-service: solving takes 20 to 60 seconds and every answer one.
   */
  scenario?: 'flaky-network' | 'zero-balance' | 'banned' | 'slow-service' | undefined;
  /**
   * Whether an address that goes on making one mistake (a wrong key, no money, wrong task ids or too many polls) is
   * banned: all its calls are answered ERROR_IP_BANNED. The service documents ten minutes, and not how many mistakes it
   * takes.
   */
  bans?: boolean | SandboxConfigBans | undefined;
  /**
   * How many of the newest requests are kept to be looked at, each with at most 4096 bytes of its body and of its
   * answer. Keys and proxy passwords in them are shown masked.
   */
  keepRequests?: number | undefined;
  /**
   * Host names, beside addresses and localhost, under which the sandbox may be reached, as a container's service name.
   * It refuses requests for any other host, on every path.
   */
  controlHosts?: string[] | undefined;
  /**
   * A file with newer facts about task types (captask_describe("catalogue") has its schema), by which tasks are checked
   * and solved. It wins over the environment variable CAPTASK_CATALOGUE.
   */
  catalogue?: string | undefined;
  /**
   * A PEM file with the roots that an https callbackUrl's certificate is checked against. Without it the machine's
   * roots, or the bundled ones where it has none.
   */
  callbackRoots?: string | undefined;
}

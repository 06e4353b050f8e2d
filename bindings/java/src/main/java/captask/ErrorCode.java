// Generated (make generate). Do not edit.
package captask;

/** Error codes that the catalogue knows, for CaptaskException.code(). The service may send others. */
public final class ErrorCode {
    /** An argument is NULL, not UTF-8 or a number out of range. Correct the argument that errorDescription names. */
    public static final String CAPTASK_INVALID_ARGUMENT = "CAPTASK_INVALID_ARGUMENT";

    /** A text is not JSON; errorDescription has line and column. Correct the text at line and column. */
    public static final String CAPTASK_INVALID_JSON = "CAPTASK_INVALID_JSON";

    /**
     * The configuration holds an unknown key or a wrong value; the member is named. Correct the key;
     * captask_describe("config") has the schema.
     */
    public static final String CAPTASK_INVALID_CONFIG = "CAPTASK_INVALID_CONFIG";

    /**
     * The request is not of the documented form; the member is named. Correct what problems lists;
     * captask_describe("request") has the schema.
     */
    public static final String CAPTASK_INVALID_REQUEST = "CAPTASK_INVALID_REQUEST";

    /**
     * The task's members do not fit its type; each problem has a pointer. Correct what problems lists;
     * captask_describe("task/&lt;id&gt;") has the schema.
     */
    public static final String CAPTASK_INVALID_TASK = "CAPTASK_INVALID_TASK";

    /**
     * No open client or sandbox has this number, or it is of the other kind. Use the number that captask_open or
     * captask_sandbox_open returned, before it is closed.
     */
    public static final String CAPTASK_UNKNOWN_HANDLE = "CAPTASK_UNKNOWN_HANDLE";

    /**
     * No unread answer belongs to this ticket, or another caller waits for it. Read each answer once, and let one
     * thread wait for a ticket.
     */
    public static final String CAPTASK_UNKNOWN_TICKET = "CAPTASK_UNKNOWN_TICKET";

    /** captask_describe has no such topic. Use a topic of Captask.describe(). */
    public static final String CAPTASK_UNKNOWN_TOPIC = "CAPTASK_UNKNOWN_TOPIC";

    /** The handle was opened before a fork, in the parent process. Open a client of its own in the child process. */
    public static final String CAPTASK_FORKED = "CAPTASK_FORKED";

    /**
     * The client was stopped or closed. Nothing; open another client to go on. A taskId in the answer can be adopted
     * there.
     */
    public static final String CAPTASK_CLOSED = "CAPTASK_CLOSED";

    /** The ticket was cancelled by captask_cancel. Nothing; a taskId in the answer can still be adopted. */
    public static final String CAPTASK_CANCELLED = "CAPTASK_CANCELLED";

    /**
     * As many tasks as maxInFlight allows are in flight or unread. Read finished answers, then submit again; or raise
     * maxInFlight.
     */
    public static final String CAPTASK_QUEUE_FULL = "CAPTASK_QUEUE_FULL";

    /** This part was left out when the library was built. Use a build with all parts. */
    public static final String CAPTASK_NOT_BUILT = "CAPTASK_NOT_BUILT";

    /**
     * The deadline passed, or with reason "polls" the polls are used up. Adopt the taskId in the answer to go on
     * waiting, or raise timeoutMs or maxPolls.
     */
    public static final String CAPTASK_TIMEOUT = "CAPTASK_TIMEOUT";

    /**
     * No connection could be made; nothing was sent. Check endpoint, proxy and network, then repeat; nothing was
     * bought.
     */
    public static final String CAPTASK_CONNECT = "CAPTASK_CONNECT";

    /** TLS could not be agreed on; nothing was sent. Check tls.roots and the clock; nothing was bought. */
    public static final String CAPTASK_TLS = "CAPTASK_TLS";

    /**
     * createTask was sent and no well-formed answer came: a task may have been bought. Do not repeat blindly: look at
     * the balance first, a task may have been paid for.
     */
    public static final String CAPTASK_OUTCOME_UNKNOWN = "CAPTASK_OUTCOME_UNKNOWN";

    /**
     * After a crash: a recorded request whose createTask was never begun; nothing was bought. Submit the request again;
     * nothing was bought.
     */
    public static final String CAPTASK_NOT_SENT = "CAPTASK_NOT_SENT";

    /**
     * The connection failed while an answer was awaited, to the end of the deadline. Repeat later; adopt the taskId in
     * the answer if there is one.
     */
    public static final String CAPTASK_NETWORK = "CAPTASK_NETWORK";

    /**
     * What came back is not an answer of the service, to the end of the deadline. Check endpoint; repeat later, and
     * adopt the taskId in the answer if there is one.
     */
    public static final String CAPTASK_BAD_RESPONSE = "CAPTASK_BAD_RESPONSE";

    /**
     * The client's own limits held the request back; retryAfterMs says how long. Wait retryAfterMs, and correct the key
     * or the balance if that was refused.
     */
    public static final String CAPTASK_GUARD = "CAPTASK_GUARD";

    /** A fault of this library was caught at its boundary. Report it with errorDescription. */
    public static final String CAPTASK_PANIC = "CAPTASK_PANIC";

    /** getTaskResult HTTP 503, treated as still processing. Poll again after the interval. */
    public static final String HTTP_503 = "HTTP_503";

    /** API key unknown or malformed. Check clientKey. Repeating the call leads to a ban of the address. */
    public static final String ERROR_KEY_DOES_NOT_EXIST = "ERROR_KEY_DOES_NOT_EXIST";

    /** Account has no money left. Top the account up. Repeating the call leads to a ban of the address. */
    public static final String ERROR_ZERO_BALANCE = "ERROR_ZERO_BALANCE";

    /** Caller address not on the key's allow-list. Add the address to the key's list in the dashboard. */
    public static final String ERROR_IP_NOT_ALLOWED = "ERROR_IP_NOT_ALLOWED";

    /** Too many calls using a wrong key. Stop calling for about ten minutes, and check clientKey. */
    public static final String ERROR_IP_BANNED = "ERROR_IP_BANNED";

    /** Address blocked after many failed calls. Stop the failing calls and try again later. */
    public static final String ERROR_IP_BLOCKED = "ERROR_IP_BLOCKED";

    /** Result polled too often for one task. Poll every two seconds or more, at most 120 times a task. */
    public static final String ERROR_TOO_MUCH_REQUESTS = "ERROR_TOO_MUCH_REQUESTS";

    /** Image larger than 50 KB. Send a picture of at most 50,000 bytes. */
    public static final String ERROR_TOO_BIG_CAPTCHA_FILESIZE = "ERROR_TOO_BIG_CAPTCHA_FILESIZE";

    /** Image smaller than 100 bytes. Send a picture of at least 100 bytes. */
    public static final String ERROR_ZERO_CAPTCHA_FILESIZE = "ERROR_ZERO_CAPTCHA_FILESIZE";

    /**
     * Task id unknown or past the roughly five-minute retention. Fetch results within five minutes; check that taskId
     * came from this account.
     */
    public static final String ERROR_NO_SUCH_CAPCHA_ID = "ERROR_NO_SUCH_CAPCHA_ID";

    /**
     * No solution found, or confidence below recognizingThreshold. Create a new task; for pictures with
     * recognizingThreshold, perhaps lower it.
     */
    public static final String ERROR_CAPTCHA_UNSOLVABLE = "ERROR_CAPTCHA_UNSOLVABLE";

    /** Solution still being computed. Poll again after the interval. */
    public static final String CAPTCHA_NOT_READY = "CAPTCHA_NOT_READY";

    /** Unknown task type supplied. Check type in the task. */
    public static final String ERROR_NO_SUCH_METHOD = "ERROR_NO_SUCH_METHOD";

    /** Task type invalid or unsupported. Check type in the task. */
    public static final String ERROR_TASK_NOT_SUPPORTED = "ERROR_TASK_NOT_SUPPORTED";

    /** Task object missing or body is not valid JSON. Send a JSON object with a task object in it. */
    public static final String ERROR_TASK_ABSENT = "ERROR_TASK_ABSENT";

    /**
     * Well-formed request whose field values are missing, wrong or stale. Correct the members that errorDescription
     * names; fetch single-use values anew.
     */
    public static final String ERROR_INVALID_TASK = "ERROR_INVALID_TASK";

    /** Target site is on the service's refusal list. The service does not work for this site. */
    public static final String ERROR_DOMAIN_NOT_ALLOWED = "ERROR_DOMAIN_NOT_ALLOWED";

    /**
     * Single-use site value, such as GeeTest challenge, no longer valid. Fetch the single-use value (challenge) anew
     * just before creating the task.
     */
    public static final String ERROR_TOKEN_EXPIRED = "ERROR_TOKEN_EXPIRED";

    /** No capacity for this task now. Create the task again after some seconds, less often. */
    public static final String ERROR_NO_SLOT_AVAILABLE = "ERROR_NO_SLOT_AVAILABLE";

    /**
     * Task creation suspended: callback or result service failed its check. Create the task again later; check that
     * callbackUrl answers.
     */
    public static final String ERROR_SERVICE_NOT_AVAILABLE = "ERROR_SERVICE_NOT_AVAILABLE";

    /** websiteKey rejected. Correct websiteKey. */
    public static final String ERROR_RECAPTCHA_INVALID_SITEKEY = "ERROR_RECAPTCHA_INVALID_SITEKEY";

    /**
     * websiteURL malformed, non-http(s), or not matching the key. Correct websiteURL, or websiteKey that belongs to
     * another site.
     */
    public static final String ERROR_RECAPTCHA_INVALID_DOMAIN = "ERROR_RECAPTCHA_INVALID_DOMAIN";

    /** reCAPTCHA solving ran out of time. Create a new task, perhaps with a faster proxy. */
    public static final String ERROR_RECAPTCHA_TIMEOUT = "ERROR_RECAPTCHA_TIMEOUT";

    /** Proxy unreachable or timed out on connect. Check the proxy, then create a new task. */
    public static final String ERROR_PROXY_CONNECT_REFUSED = "ERROR_PROXY_CONNECT_REFUSED";

    /** Proxy banned by the captcha vendor. Use another proxy. */
    public static final String ERROR_PROXY_BANNED = "ERROR_PROXY_BANNED";

    /** Mandatory proxy fields absent or proxyType invalid. Give proxyType, proxyAddress and proxyPort. */
    public static final String ERROR_PROXY_MISSING = "ERROR_PROXY_MISSING";

    /** proxyLogin or proxyPassword wrong. Correct proxyLogin and proxyPassword. */
    public static final String ERROR_PROXY_NOT_AUTHORISED = "ERROR_PROXY_NOT_AUTHORISED";

    /**
     * Proxy read timed out, often wrong address or port. Check address and port of the proxy, then create a new task.
     */
    public static final String ERROR_PROXY_READ_TIMEOUT = "ERROR_PROXY_READ_TIMEOUT";

    /** Percent sign in proxy login or password. Use a proxy account without the forbidden sign. */
    public static final String ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER = "ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER";

    /** User agent not accepted or out of date. Send the user agent that getUserAgent returns. */
    public static final String ERROR_WRONG_USERAGENT = "ERROR_WRONG_USERAGENT";

    private ErrorCode() {}
}

// Generated (make generate). Do not edit.
package captask;

/** Error codes that the catalogue knows, for CaptaskException.code(). The service may send others. */
public final class ErrorCode {
    /** An argument is NULL, not UTF-8, or a number out of range. Correct the argument that errorDescription names. */
    public static final String CAPTASK_INVALID_ARGUMENT = "CAPTASK_INVALID_ARGUMENT";

    /** A text is not JSON; errorDescription has line and column. Correct the text at that line and column. */
    public static final String CAPTASK_INVALID_JSON = "CAPTASK_INVALID_JSON";

    /**
     * The configuration has an unknown key or a wrong value; errorDescription names the member. Correct the member that
     * errorDescription names; captask_describe("config") has the schema.
     */
    public static final String CAPTASK_INVALID_CONFIG = "CAPTASK_INVALID_CONFIG";

    /**
     * The request does not have the documented form; errorDescription names the member. Correct each problem in
     * problems; captask_describe("request") has the schema.
     */
    public static final String CAPTASK_INVALID_REQUEST = "CAPTASK_INVALID_REQUEST";

    /**
     * The task's members do not fit its type; problems has a pointer to each. Correct each problem in problems;
     * captask_describe("task/&lt;id&gt;") has the schema.
     */
    public static final String CAPTASK_INVALID_TASK = "CAPTASK_INVALID_TASK";

    /**
     * No open client or sandbox has this number, or it is the other kind of handle. Use the number that captask_open or
     * captask_sandbox_open returned, and do not use it after it is closed.
     */
    public static final String CAPTASK_UNKNOWN_HANDLE = "CAPTASK_UNKNOWN_HANDLE";

    /**
     * No unread answer belongs to this ticket, or another caller is waiting for it. Read each answer once, and wait for
     * a ticket in one thread only.
     */
    public static final String CAPTASK_UNKNOWN_TICKET = "CAPTASK_UNKNOWN_TICKET";

    /** captask_describe has no such topic. Use a topic that Captask.describe() lists. */
    public static final String CAPTASK_UNKNOWN_TOPIC = "CAPTASK_UNKNOWN_TOPIC";

    /** The handle was opened in the parent process, before a fork. Open another client in the child process. */
    public static final String CAPTASK_FORKED = "CAPTASK_FORKED";

    /**
     * The client was stopped or closed. Open another client to continue. It can adopt the taskId in the answer, if
     * there is one.
     */
    public static final String CAPTASK_CLOSED = "CAPTASK_CLOSED";

    /**
     * The ticket was cancelled by captask_cancel. If the answer has a taskId, the task is paid for and can still be
     * adopted.
     */
    public static final String CAPTASK_CANCELLED = "CAPTASK_CANCELLED";

    /**
     * As many tasks are in flight or unread as maxInFlight allows. Read finished answers and submit again, or raise
     * maxInFlight.
     */
    public static final String CAPTASK_QUEUE_FULL = "CAPTASK_QUEUE_FULL";

    /** This build of the library does not include that part. Use a build that includes the part. */
    public static final String CAPTASK_NOT_BUILT = "CAPTASK_NOT_BUILT";

    /**
     * The deadline passed; or, if reason is "polls", all polls are used. Adopt the taskId in the answer to wait longer;
     * raise timeoutMs or maxPolls for later tasks.
     */
    public static final String CAPTASK_TIMEOUT = "CAPTASK_TIMEOUT";

    /**
     * No connection could be made; nothing was sent. Check endpoint, proxy and the network, then repeat the call.
     * Nothing was bought.
     */
    public static final String CAPTASK_CONNECT = "CAPTASK_CONNECT";

    /**
     * The TLS handshake failed; nothing was sent. Check endpoint, tls.roots and this machine's clock. Nothing was
     * bought.
     */
    public static final String CAPTASK_TLS = "CAPTASK_TLS";

    /**
     * createTask was sent and no well-formed answer came: a task may have been bought. Check the balance before you
     * repeat the call: a task may have been paid for.
     */
    public static final String CAPTASK_OUTCOME_UNKNOWN = "CAPTASK_OUTCOME_UNKNOWN";

    /**
     * After a crash: the journal has a request whose createTask was never sent; nothing was bought. Submit the request
     * again. Nothing was bought.
     */
    public static final String CAPTASK_NOT_SENT = "CAPTASK_NOT_SENT";

    /**
     * The connection failed before an answer came, and went on failing until the deadline. Repeat the call later. If
     * the answer has a taskId, adopt it.
     */
    public static final String CAPTASK_NETWORK = "CAPTASK_NETWORK";

    /**
     * What came back was not an answer of the service, and stayed so until the deadline. Check endpoint, and repeat the
     * call later. If the answer has a taskId, adopt it.
     */
    public static final String CAPTASK_BAD_RESPONSE = "CAPTASK_BAD_RESPONSE";

    /**
     * The client's limits held the request back; retryAfterMs says how long. Wait retryAfterMs. If the service refused
     * the key or the balance, correct that first.
     */
    public static final String CAPTASK_GUARD = "CAPTASK_GUARD";

    /** A bug in this library was caught at its boundary. Report it, with errorDescription. */
    public static final String CAPTASK_PANIC = "CAPTASK_PANIC";

    /**
     * getTaskResult was answered with HTTP 503; clients treat it as still processing. Poll again after the interval.
     */
    public static final String HTTP_503 = "HTTP_503";

    /**
     * The service does not know the API key, or its form is wrong. Correct clientKey before you repeat the call:
     * repeated calls lead to a ban of the address.
     */
    public static final String ERROR_KEY_DOES_NOT_EXIST = "ERROR_KEY_DOES_NOT_EXIST";

    /**
     * The account has no money left. Top up the account before you repeat the call: repeated calls lead to a ban of the
     * address.
     */
    public static final String ERROR_ZERO_BALANCE = "ERROR_ZERO_BALANCE";

    /**
     * The key's allow-list does not have the caller's address. Add the address to the key's allow-list in the
     * dashboard.
     */
    public static final String ERROR_IP_NOT_ALLOWED = "ERROR_IP_NOT_ALLOWED";

    /**
     * The address is banned after too many calls with a wrong key. Make no calls for about ten minutes, and check
     * clientKey.
     */
    public static final String ERROR_IP_BANNED = "ERROR_IP_BANNED";

    /** The address is blocked after many failed calls. Stop the calls that fail, and try again later. */
    public static final String ERROR_IP_BLOCKED = "ERROR_IP_BLOCKED";

    /**
     * The result of a task was polled too often. Poll at most every two seconds, and at most 120 times for each task.
     */
    public static final String ERROR_TOO_MUCH_REQUESTS = "ERROR_TOO_MUCH_REQUESTS";

    /** The image is larger than 50 KB. Send a picture of at most 50,000 bytes. */
    public static final String ERROR_TOO_BIG_CAPTCHA_FILESIZE = "ERROR_TOO_BIG_CAPTCHA_FILESIZE";

    /** The image is smaller than 100 bytes. Send a picture of at least 100 bytes. */
    public static final String ERROR_ZERO_CAPTCHA_FILESIZE = "ERROR_ZERO_CAPTCHA_FILESIZE";

    /**
     * The service does not know the taskId, or no longer keeps the result (about five minutes). Fetch each result
     * within five minutes; check that the taskId is from this account.
     */
    public static final String ERROR_NO_SUCH_CAPCHA_ID = "ERROR_NO_SUCH_CAPCHA_ID";

    /**
     * The service found no solution, or its confidence was below recognizingThreshold. Create a new task; if it has a
     * recognizingThreshold, a lower one may help.
     */
    public static final String ERROR_CAPTCHA_UNSOLVABLE = "ERROR_CAPTCHA_UNSOLVABLE";

    /** The task is not finished yet. Poll again after the interval. */
    public static final String CAPTCHA_NOT_READY = "CAPTCHA_NOT_READY";

    /** The service does not know the type of the task. Check the type of the task. */
    public static final String ERROR_NO_SUCH_METHOD = "ERROR_NO_SUCH_METHOD";

    /** The service does not support the type of the task. Check the type of the task. */
    public static final String ERROR_TASK_NOT_SUPPORTED = "ERROR_TASK_NOT_SUPPORTED";

    /** The request has no task object, or is not valid JSON. Send a JSON object that has a task object. */
    public static final String ERROR_TASK_ABSENT = "ERROR_TASK_ABSENT";

    /**
     * Members of the task are missing, wrong or out of date. Correct the members that errorDescription names; if a
     * value is valid once, fetch a new one.
     */
    public static final String ERROR_INVALID_TASK = "ERROR_INVALID_TASK";

    /** The service refuses this site. The service solves no tasks for this site. */
    public static final String ERROR_DOMAIN_NOT_ALLOWED = "ERROR_DOMAIN_NOT_ALLOWED";

    /**
     * A value that is valid once, such as GeeTest's challenge, is no longer valid. Fetch a new value (challenge) just
     * before you create the task.
     */
    public static final String ERROR_TOKEN_EXPIRED = "ERROR_TOKEN_EXPIRED";

    /**
     * The service has no capacity for this task now. Create the task again after some seconds, and create tasks less
     * often.
     */
    public static final String ERROR_NO_SLOT_AVAILABLE = "ERROR_NO_SLOT_AVAILABLE";

    /**
     * The service creates no tasks now: its check of callbackUrl or of its own result server failed. Create the task
     * again later; check that callbackUrl answers.
     */
    public static final String ERROR_SERVICE_NOT_AVAILABLE = "ERROR_SERVICE_NOT_AVAILABLE";

    /** The websiteKey is not accepted. Correct websiteKey. */
    public static final String ERROR_RECAPTCHA_INVALID_SITEKEY = "ERROR_RECAPTCHA_INVALID_SITEKEY";

    /**
     * websiteURL is not an http or https URL, or does not belong to websiteKey. Correct websiteURL, or the websiteKey
     * if it is of another site.
     */
    public static final String ERROR_RECAPTCHA_INVALID_DOMAIN = "ERROR_RECAPTCHA_INVALID_DOMAIN";

    /** The service did not solve the reCAPTCHA in time. Create a new task; a faster proxy may help. */
    public static final String ERROR_RECAPTCHA_TIMEOUT = "ERROR_RECAPTCHA_TIMEOUT";

    /** The service cannot connect to the proxy. Check the proxy, then create a new task. */
    public static final String ERROR_PROXY_CONNECT_REFUSED = "ERROR_PROXY_CONNECT_REFUSED";

    /** The site's captcha provider bans the proxy. Use another proxy. */
    public static final String ERROR_PROXY_BANNED = "ERROR_PROXY_BANNED";

    /** Required proxy members are missing, or proxyType is wrong. Give proxyType, proxyAddress and proxyPort. */
    public static final String ERROR_PROXY_MISSING = "ERROR_PROXY_MISSING";

    /** proxyLogin or proxyPassword is wrong. Correct proxyLogin and proxyPassword. */
    public static final String ERROR_PROXY_NOT_AUTHORISED = "ERROR_PROXY_NOT_AUTHORISED";

    /**
     * The proxy did not answer in time; often its address or port is wrong. Check the address and port of the proxy,
     * then create a new task.
     */
    public static final String ERROR_PROXY_READ_TIMEOUT = "ERROR_PROXY_READ_TIMEOUT";

    /** proxyLogin or proxyPassword has a percent sign. Use a proxy account without a percent sign in its login. */
    public static final String ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER = "ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER";

    /** The user agent is not accepted, or is out of date. Send the user agent that getUserAgent returns. */
    public static final String ERROR_WRONG_USERAGENT = "ERROR_WRONG_USERAGENT";

    private ErrorCode() {}
}

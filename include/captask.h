/*
 * captask 0.2.0: a client of the CapMonster Cloud task API behind a C ABI.
 *
 * It carries JSON requests to the service and JSON answers back. It is meant for sites that you own or are allowed to
 * automate. It solves nothing itself.
 *
 * A complete program (cc example.c -lcaptask). It needs no account: "sandbox:" is a stand-in for the service inside the
 * library.
 *
 *     #include <stdio.h>
 *     #include "captask.h"
 *
 *     int main(void) {
 *         char *error = NULL;
 *         int32_t client = captask_open("{\"endpoint\":\"sandbox:\"}", &error);
 *         if (client == 0) {
 *             fprintf(stderr, "%s\n", error);
 *             captask_free(error);
 *             return 1;
 *         }
 *         char *answer = captask_solve(client,
 *             "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}");
 *         char *token = captask_pick(answer, "/solution/gRecaptchaResponse");
 *         if (token != NULL) printf("token: %s\n", token);
 *         else               fprintf(stderr, "failed: %s\n", answer);
 *         captask_free(token);
 *         captask_free(answer);
 *         captask_close(client);
 *         return token == NULL;
 *     }
 *
 * Four rules hold for every function:
 *
 * 1. Text in is NUL-terminated UTF-8, borrowed for the call only. NULL or invalid UTF-8 where text is needed
 *    gives an error answer, never a crash.
 * 2. Text out (char *) is NUL-terminated UTF-8 and belongs to the caller, who releases it with captask_free. Only
 *    captask_version returns a static string.
 * 3. Functions that return an answer return one JSON object, never NULL (exceptions say so): "errorId" is 0 on success;
 *    otherwise there are "errorCode" and "errorDescription" too. Codes of the service pass through unchanged. The
 *    library's own codes begin with CAPTASK_; if the service sends such a code, the library treats the reply as no
 *    answer. captask_open, captask_sandbox_open and captask_submit return a number (> 0), captask_fd a descriptor; on
 *    failure they return 0 and, through char **error (which may be NULL), the same error object. On success *error is
 *    set to NULL.
 * 4. Every function may be called from every thread at any time. There is no "last error". Errors are checked in
 *    this order: forked process, handle, text, JSON, request.
 *
 * Handles are int32_t numbers that are never reused; clients and sandboxes share them. In a forked child, a call with a
 * handle of the parent returns CAPTASK_FORKED.
 *
 * The calling convention is C (cdecl) everywhere: CallingConvention.Cdecl in C#, cdecl in Delphi and Free Pascal; a
 * program that can only call stdcall (Declare in VB6) uses captask32.dll, which the archive for 32-bit Windows has. In
 * Python's ctypes, declare returned text as c_void_p, never c_char_p, which loses the pointer that captask_free needs.
 *
 * This file is generated (make generate). Do not edit it.
 */

#ifndef CAPTASK_H
#define CAPTASK_H

#include <stddef.h>
#include <stdint.h>

#define CAPTASK_VERSION "0.2.0"
#define CAPTASK_VERSION_MAJOR 0
#define CAPTASK_VERSION_MINOR 2
#define CAPTASK_VERSION_PATCH 0
#define CAPTASK_VERSION_NUM 0x000200

#define CAPTASK_LOG_OFF 0
#define CAPTASK_LOG_ERROR 1
#define CAPTASK_LOG_WARN 2
#define CAPTASK_LOG_INFO 3
#define CAPTASK_LOG_DEBUG 4
#define CAPTASK_LOG_TRACE 5

/**
 * A function that takes log lines: level, line (borrowed for the call), and the `user` pointer given with it.
 *
 * It is called from whatever thread logs, several at once, most of them the library's own. It may call functions of
 * captask, whose own lines are not logged then; it must not unwind or longjmp.
 *
 * A sink must not be a function of Perl, PHP, LuaJIT or Ruby (neither by Fiddle nor by ffi): their interpreters crash
 * or hang when a thread that is not theirs calls them. The same holds for Node.js with koffi, which hangs when a sink
 * is called during a call that blocks. In Java (JNA) it works, with a new Java thread for each line; in C, C++, C#,
 * Go, Pascal and Python it works. Use captask_log_to in the others.
 */
typedef void (*captask_log_sink)(int32_t level, const char *line, void *user);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library that is loaded, as in "0.2.0".
 *
 * The text is static: do not free it. It is the only text of captask that is not the caller's.
 */
const char *captask_version(void);

/**
 * The version of the library that is loaded as a number, 0x00MMmmpp.
 *
 * Compare it with CAPTASK_VERSION_NUM, which is the version of the header that the program was compiled with.
 */
uint32_t captask_version_num(void);

/**
 * Releases a text that a function of captask returned, or wrote through `error`.
 *
 * NULL does nothing. Every text is released once, and never with `free`: the library may have another
 * allocator than the program. Do not pass a text that captask did not return.
 *
 * With a journal, releasing the answer of a ticket also confirms that the program has it: if the process dies before
 * that, the next client on that journal delivers it again. captask_close confirms every answer that was given out.
 */
void captask_free(char *text);

/**
 * Opens a client.
 *
 * `config` is a JSON object, every key optional, or NULL for all defaults; captask_describe("config") lists the keys.
 * Opening uses no network. With "endpoint":"sandbox:" the client starts its own stand-in for the service.
 *
 * Returns the client's handle (> 0), to be closed with captask_close. On failure returns 0 and, through `error`
 * unless that is NULL, an error object that the caller frees: CAPTASK_INVALID_ARGUMENT (not UTF-8),
 * CAPTASK_INVALID_JSON, CAPTASK_INVALID_CONFIG (the member is named), CAPTASK_NOT_BUILT. On success `*error` is NULL.
 */
int32_t captask_open(const char *config,
                     char **error);

/**
 * Stops a client: it takes no new work, and every task in flight ends as CAPTASK_CLOSED with its taskId.
 *
 * The answers are still there to be received; once all are read, captask_receive answers CAPTASK_CLOSED. Callers that
 * are blocked return within 100 ms. The handle stays open until captask_close.
 *
 * Returns 1, or 0 when there is no such client. Stopping twice does nothing.
 */
int32_t captask_stop(int32_t client);

/**
 * Closes a client or a sandbox and frees everything it has; the handle is never used again.
 *
 * A client need not be stopped before. Callers that are blocked on the handle return within 100 ms with
 * CAPTASK_CLOSED (with "outcomeUnknown":true for one inside createTask). Unread answers are dropped, their taskIds
 * logged, or kept by the journal. Texts that were returned stay the caller's.
 *
 * Returns 1, or 0 when there is no such handle; closing twice does nothing. In a forked child, closing a handle of the
 * parent does nothing and returns 0.
 */
int32_t captask_close(int32_t handle);

/**
 * Returns counters and state of a client or a sandbox, for logs and diagnostics.
 *
 * Of a client: {"errorId":0,"kind":"client","endpoint","url","inFlight","unread","created","polls","retries",
 * "connections","threads","callbackPort","callbacks":{"awaited","received","refused","crowdedOut"},"pollTimes"}
 * ("callbackPort" and "callbacks" are null without a callback receiver); of a sandbox:
 * {"errorId":0,"kind":"sandbox","url","requests","tasks","balance",…}. Holds no key and no password. Never NULL; the
 * caller frees it. Codes: CAPTASK_UNKNOWN_HANDLE, CAPTASK_FORKED.
 */
char *captask_inspect(int32_t handle);

/**
 * Buys a task: the service's createTask.
 *
 * `request` is the documented body, {"task":{"type":…},…}; clientKey (and softId) are filled in from the
 * configuration when absent, and everything else is sent unchanged. Blocks until there is an answer, at most
 * callTimeoutMs. The library repeats the request only if it is certain that nothing was bought.
 *
 * Returns the service's answer, {"errorId":0,"taskId":…}, or an error object; never NULL; the caller frees it. Codes
 * beside the service's own: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK (validate
 * "strict"), _UNKNOWN_HANDLE, _FORKED, _CLOSED, _GUARD, _CONNECT, _TLS, _BAD_RESPONSE (every attempt was
 * refused with HTTP 429), and CAPTASK_OUTCOME_UNKNOWN when the request was sent and no answer came: a task may have been
 * bought. An attempt that has begun may take requestTimeoutMs, even beyond callTimeoutMs.
 */
char *captask_create_task(int32_t client,
                          const char *request);

/**
 * Requests the state of a task once: the service's getTaskResult.
 *
 * `request` is {"taskId":…}, the taskId as createTask gave it; clientKey is filled in. The service allows 120 of these
 * for a task and wants 2 s between them; captask_solve and captask_wait keep to these limits for you.
 *
 * Returns the service's answer, {"errorId":0,"status":"processing"|"ready","solution":…}, or an error object; never
 * NULL; the caller frees it. Attempts that bring no answer are repeated until callTimeoutMs. Codes as of
 * captask_get_balance and CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST.
 */
char *captask_get_task_result(int32_t client,
                              const char *request);

/**
 * The account's balance: the service's getBalance.
 *
 * Returns {"errorId":0,"balance":…}, a decimal number in US dollars, or an error object; never NULL; the caller frees
 * it. Codes beside the service's own: CAPTASK_UNKNOWN_HANDLE, _FORKED, _CLOSED, _INVALID_REQUEST (no key), _TLS when
 * the TLS handshake was refused, and after attempts until callTimeoutMs: _CONNECT, _TLS (the handshake was cut),
 * _NETWORK, _BAD_RESPONSE. An answer of more than 32 MiB is not read.
 */
char *captask_get_balance(int32_t client);

/**
 * The browser user agent that the service currently recommends for tasks.
 *
 * Returns {"errorId":0,"userAgent":"…"} or an error object; never NULL; the caller frees it. Asks the host of
 * userAgentEndpoint, without a key. Codes as of captask_get_balance.
 */
char *captask_get_user_agent(int32_t client);

/**
 * Reports to the service that a solution was wrong.
 *
 * `request` is {"taskId":…,"type":"ImageToTextTask"}: the type decides between
 * reportIncorrectImageCaptcha and reportIncorrectTokenCaptcha, and is not sent.
 *
 * Returns the service's answer, {"errorId":0,"status":"success"}, or an error object; never NULL; the caller frees
 * it. The library does not repeat it after it was sent. Codes as of captask_get_balance and CAPTASK_INVALID_ARGUMENT,
 * _INVALID_JSON, _INVALID_REQUEST.
 */
char *captask_report_incorrect(int32_t client,
                               const char *request);

/**
 * Calls any method of the service, also one that this version does not know.
 *
 * `method` is the last part of the URL, of letters, digits and underscores; `request` is its body, a JSON object, with
 * clientKey filled in when absent. createTask, getTaskResult, getBalance and getUserAgent follow the rules of their
 * own functions; the library repeats nothing else after it was sent.
 *
 * Returns the service's answer or an error object; never NULL; the caller frees it. Codes as of captask_create_task
 * and captask_get_balance.
 */
char *captask_call(int32_t client,
                   const char *method,
                   const char *request);

/**
 * Buys a task and waits for its solution, or waits for a task bought before.
 *
 * `request` is {"task":{…},"callbackUrl":"…","options":{…},"extra":…} to buy, or {"taskId":…,"options":{…},"extra":…}
 * to adopt; captask_describe("request") lists the options. Blocks until the task is ready, has failed, or its
 * deadline (options.timeoutMs) has passed.
 *
 * Returns {"errorId":0,"status":"ready","solution":{…},"taskId":…,"ticket":…,"extra":…,"meta":{…}} or an error object,
 * with the taskId whenever one is known, so that a task that was paid for can be adopted; never NULL; the caller frees
 * it. Members that the service itself sends stay as they are; the library's members of the same name are then inside
 * "captask" (or "captask_", if that is taken too). Polls are at least the interval apart. The interval is stretched
 * when 120 polls would run out before the deadline. Codes as of captask_submit and captask_wait.
 */
char *captask_solve(int32_t client,
                    const char *request);

/**
 * Takes a request as captask_solve does and returns at once with a ticket.
 *
 * Returns the ticket (> 0, below 2^53): it gets exactly one answer, to be read with captask_wait or captask_receive.
 * On failure nothing was sent; returns 0 and, through `error` unless that is NULL, an error object
 * that the caller frees: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK, _UNKNOWN_HANDLE,
 * _FORKED, _CLOSED, CAPTASK_QUEUE_FULL (maxInFlight, or the journal's disk is full), CAPTASK_GUARD (retryAfterMs).
 */
int64_t captask_submit(int32_t client,
                       const char *request,
                       char **error);

/**
 * Waits for the answer of one ticket.
 *
 * `timeout_ms` 0 returns at once, -1 waits without a limit. Each answer is read once.
 *
 * Returns the answer as captask_solve does, which the caller frees, or NULL when it is not there yet. Codes beside
 * the task's own: CAPTASK_UNKNOWN_TICKET (never submitted here, read already, or another caller waits for it),
 * CAPTASK_TIMEOUT, _CANCELLED, _CLOSED, _OUTCOME_UNKNOWN, _CONNECT, _TLS, _GUARD, _PANIC,
 * CAPTASK_INVALID_ARGUMENT (another negative timeout), _UNKNOWN_HANDLE, _FORKED.
 */
char *captask_wait(int32_t client,
                   int64_t ticket,
                   int32_t timeout_ms);

/**
 * Waits for the next answer of any ticket for which no captask_wait is waiting.
 *
 * `timeout_ms` 0 returns at once, -1 waits without a limit, also on a client without work. Many threads may receive at
 * once; each answer goes to one of them.
 *
 * Returns the answer, which the caller frees, or NULL when there is none yet, or when captask_wake ended the wait.
 * After captask_stop it never returns NULL: once every answer is read, CAPTASK_CLOSED. Codes as of captask_wait.
 */
char *captask_receive(int32_t client,
                      int32_t timeout_ms);

/**
 * Receives as captask_receive does, and also returns the ticket of the answer.
 *
 * Stores in `ticket`, unless that is NULL, the number that captask_submit returned for this answer. The member
 * "ticket" of the answer is not always this number, because the service may send a member of the same name. The number
 * is 0 when the function returns NULL, and when the answer is an error of this call: a wrong handle or timeout, or
 * CAPTASK_CLOSED after every answer is read.
 *
 * Returns what captask_receive returns; the caller frees it.
 */
char *captask_receive_ticket(int32_t client,
                             int32_t timeout_ms,
                             int64_t *ticket);

/**
 * A descriptor for the program's own event loop: select, poll, epoll, kqueue, libuv, asyncio, GLib, Qt.
 *
 * It is readable while captask_receive has something to give, and always after captask_stop. Then call captask_receive
 * (or captask_receive_ticket) with a timeout of 0 until it returns NULL, or after a stop until it returns
 * CAPTASK_CLOSED with ticket 0: loops that report only changes (EPOLLET) report no further answer until then. It may
 * be readable although another thread has taken the answer. It is always readable while an answer is available; with
 * one consumer it is not readable after a NULL until something finishes. Answers that captask_solve and captask_wait
 * wait for, and captask_wake, do not make it readable.
 *
 * It is made at the first call, and is the same at each. The client owns it: never read, write or close it. Take
 * it out of the loop before captask_close, which closes it: its number may then be another file's. It is closed in
 * programs that this one starts, and a forked child must not watch it. select takes descriptors below FD_SETSIZE only.
 * On Windows it is a SOCKET, for select, WSAPoll, WSAEventSelect and WSAAsyncSelect, not for completion ports: with
 * asyncio's Proactor loop, as in Java and .NET, receive on one thread instead.
 *
 * Returns the descriptor (never 0, 1 or 2). On failure returns 0 and, through `error` unless that is NULL, an error
 * object that the caller frees: CAPTASK_UNKNOWN_HANDLE, CAPTASK_FORKED, CAPTASK_CLOSED, CAPTASK_QUEUE_FULL (the
 * process or the system has no descriptor left).
 */
int64_t captask_fd(int32_t client,
                   char **error);

/**
 * Ends a wait: one thread that is blocked in captask_receive or captask_receive_ticket, or the next that would block
 * there, returns NULL at once.
 *
 * Each call ends one wait. While no thread is blocked, any number of calls ends one wait only, the next one. A call of
 * captask_receive that finds an answer returns the answer, and the wait after it ends instead; a call with a timeout
 * of 0 is not a wait. captask_wake does not end captask_solve or captask_wait, and does not make the descriptor of
 * captask_fd readable. After captask_stop it has no effect. A signal handler must not call it: it takes a lock.
 *
 * Returns 1, or 0 when there is no such client.
 */
int32_t captask_wake(int32_t client);

/**
 * Cancels a ticket. Its answer, CAPTASK_CANCELLED, is available at once, and must still be read.
 *
 * The answer has the taskId when one is known, since the task is paid for all the same, or "outcomeUnknown":true
 * when createTask had been sent.
 *
 * Returns 1, or 0 when the ticket is not in flight: answered already, or unknown.
 */
int32_t captask_cancel(int32_t client,
                       int64_t ticket);

/**
 * Reports whether a request of captask_solve or captask_submit is valid, without sending it.
 *
 * Returns {"errorId":0,"variant":…,"warnings":[…]}, or an error object with every problem at once in
 * "problems":[{"pointer","problem","hint"}] (text that is not a JSON object is reported as one error); never NULL; the
 * caller frees it. Codes: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK.
 *
 * The environment variable CAPTASK_CATALOGUE may name a file with newer facts about task types. captask_check,
 * captask_describe, and clients and sandboxes without a "catalogue" of their own use it. It is read once, when first
 * needed, and ignored in setuid programs. When the file is wrong, these functions return CAPTASK_INVALID_CONFIG.
 */
char *captask_check(const char *request);

/**
 * Describes what the library knows of the service and of itself.
 *
 * `topic` is NULL for the table of contents, or "tasks", "task/<id>", "errors", "error/<CODE>", "methods", "config",
 * "request", "sandbox", "catalogue".
 *
 * Returns a JSON object; never NULL; the caller frees it. Codes: CAPTASK_INVALID_ARGUMENT, CAPTASK_UNKNOWN_TOPIC; for
 * topics of tasks CAPTASK_INVALID_CONFIG when CAPTASK_CATALOGUE names a wrong file (see captask_check).
 */
char *captask_describe(const char *topic);

/**
 * Takes one value out of a JSON text, for programs without a JSON library.
 *
 * `pointer` is an RFC 6901 pointer as "/solution/text"; "" is the whole. A string comes back bare, without quotes and
 * escapes; anything else, and a string with half a surrogate pair, as its JSON text, byte for byte.
 *
 * Returns the value, which the caller frees, or NULL: nothing is there, either argument is NULL or not UTF-8, `json`
 * is not JSON, or the string holds U+0000, which a C string cannot.
 */
char *captask_pick(const char *json,
                   const char *pointer);

/**
 * captask_pick into a buffer of the caller, for languages that need one: COBOL, Fortran, VBA.
 *
 * Writes at most `size` bytes to `buffer`, with a NUL at the end. A longer value is cut at the end of a character. With
 * `size` 0 nothing is written, and `buffer` may be NULL: such a call only returns the length. `buffer` may be the
 * buffer that holds `json`.
 *
 * Returns the length in bytes of the whole value, without the NUL. If it is not less than `size`, the value was cut.
 * Returns -1 where captask_pick returns NULL (then "" is written), and for a NULL buffer with a size.
 */
int64_t captask_pick_into(const char *json,
                          const char *pointer,
                          char *buffer,
                          size_t size);

/**
 * A text as a JSON string literal, quotes included, for programs without a JSON library.
 *
 * Returns the literal, which the caller frees, or NULL when `text` is NULL or not UTF-8.
 */
char *captask_quote(const char *text);

/**
 * Bytes in base64 (with padding, without line breaks), the form in which the service takes images.
 *
 * `data` may be NULL only with `length` 0, which gives "".
 *
 * Returns plain text, or for NULL data with a length the error object of CAPTASK_INVALID_ARGUMENT; never NULL; the
 * caller frees it.
 */
char *captask_base64(const void *data,
                     size_t length);

/**
 * Sets the sink that takes log lines, for the whole process; NULL removes it.
 *
 * `level` is the most detailed level to log, CAPTASK_LOG_ERROR to CAPTASK_LOG_TRACE; CAPTASK_LOG_OFF logs nothing. `user`
 * is handed to the sink. No key, password or cookie is ever in a line. May be called at any time, also while other
 * threads log. When it returns, the old sink is not running, except when called from within it. A forked child starts
 * without a sink. captask_log_to is independent of it: both may be set.
 */
void captask_set_log(captask_log_sink sink,
                     void *user,
                     int32_t level);

/**
 * Appends log lines to a file, for the whole process; for hosts that cannot take a call from another thread.
 *
 * `path` is the path of the file; "-" means standard error, and NULL ends the log. `level` is the most detailed level
 * to write, as for captask_set_log; both may be set. The file is created if it does not exist, readable for its owner
 * only (mode 0600). The last part of the path must not be a symbolic link, and must name a file or a device such as
 * /dev/null. Each line is written in one piece: time in UTC, process, level, text. No line has a key, a password or a
 * cookie. After the return, nothing more is written to the previous file. To rotate logs, move the file, then call this
 * function again. A line that cannot be written is lost.
 *
 * The environment does the same without a call: CAPTASK_LOG is off, error, warn, info, debug or trace, and
 * CAPTASK_LOG_FILE is the path (standard error without it, level info without CAPTASK_LOG). Both are read once, before
 * the first line, and hold until captask_log_to is called, also in forked children, which start without the file of
 * captask_log_to. Programs that run setuid or setgid ignore them.
 *
 * Returns 1. On failure changes nothing, returns 0 and, through `error` unless that is NULL, an error object that the
 * caller frees: CAPTASK_INVALID_ARGUMENT (not UTF-8, no such level, or the file cannot be opened).
 */
int32_t captask_log_to(const char *path,
                       int32_t level,
                       char **error);

/**
 * Starts a stand-in for the service in this process, on a loopback port of its own.
 *
 * `config` is a JSON object, every key optional, or NULL for all defaults; captask_describe("sandbox") lists the keys.
 * captask_inspect returns its "url", which is the "endpoint" of any number of clients. Its solutions are plainly
 * artificial.
 *
 * Returns its handle (> 0), to be closed with captask_close. On failure returns 0 and, through `error` unless that is
 * NULL, an error object that the caller frees: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, CAPTASK_INVALID_CONFIG (the
 * member is named, or the address cannot be listened on), CAPTASK_NOT_BUILT.
 */
int32_t captask_sandbox_open(const char *config,
                             char **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CAPTASK_H */

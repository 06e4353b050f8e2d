/* Calls every function on a thread with a small stack, with requests that are deep, long and wide, over http and https.
 * usage: small_stack LIBRARY STACK_KIB HTTP_URL HTTPS_URL ROOTS */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "captask.h"

#define TASK "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"k\""
#define QUICK TASK "},\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":20}}"

/* Type, name here, name of the function, arguments. */
#define FUNCTIONS(F) \
    F(int32_t, open, captask_open, (const char *, char **)) \
    F(int32_t, open_sandbox, captask_sandbox_open, (const char *, char **)) \
    F(int32_t, stop, captask_stop, (int32_t)) \
    F(int32_t, close, captask_close, (int32_t)) \
    F(char *, create, captask_create_task, (int32_t, const char *)) \
    F(char *, result, captask_get_task_result, (int32_t, const char *)) \
    F(char *, report, captask_report_incorrect, (int32_t, const char *)) \
    F(char *, call, captask_call, (int32_t, const char *, const char *)) \
    F(char *, balance, captask_get_balance, (int32_t)) \
    F(char *, user_agent, captask_get_user_agent, (int32_t)) \
    F(char *, solve, captask_solve, (int32_t, const char *)) \
    F(int64_t, submit, captask_submit, (int32_t, const char *, char **)) \
    F(char *, wait, captask_wait, (int32_t, int64_t, int32_t)) \
    F(char *, receive, captask_receive, (int32_t, int32_t)) \
    F(int32_t, cancel, captask_cancel, (int32_t, int64_t)) \
    F(char *, inspect, captask_inspect, (int32_t)) \
    F(char *, check, captask_check, (const char *)) \
    F(char *, describe, captask_describe, (const char *)) \
    F(char *, pick, captask_pick, (const char *, const char *)) \
    F(char *, quote, captask_quote, (const char *)) \
    F(char *, base64, captask_base64, (const void *, size_t)) \
    F(void, free, captask_free, (char *)) \
    F(void, set_log, captask_set_log, (captask_log_sink, void *, int32_t))

#define MEMBER(type, name, symbol, arguments) type(*name) arguments;
static struct {
    FUNCTIONS(MEMBER)
} api;

static void *library;
static char **arguments;

static void fail(const char *what, const char *seen) {
    fprintf(stderr, "%s: %s\n", what, seen == NULL ? "NULL" : seen);
    exit(1);
}

/* The address of a function: C has no conversion from what dlsym returns, memcpy does the same. */
static void find(const char *name, void *function) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) fail(name, dlerror());
    memcpy(function, &symbol, sizeof symbol);
}

#define FIND(type, name, symbol, arguments) find(#symbol, &api.name);

static void note(int32_t level, const char *line, void *user) {
    (void)level, (void)line, (void)user;
}

/* Releases an answer that must hold `part`. */
static void take(const char *what, char *answer, const char *part) {
    if (part != NULL && (answer == NULL || strstr(answer, part) == NULL)) fail(what, answer);
    api.free(answer);
}

static int32_t client_of(const char *url, const char *more) {
    char config[2048], *error = NULL;
    int32_t client;
    snprintf(config, sizeof config,
             "{\"endpoint\":\"%s\",\"userAgentEndpoint\":\"%s\",\"clientKey\":\"k\",\"tls\":{\"roots\":\"%s\"}%s,"
             "\"poll\":{\"firstMs\":1,\"intervalMs\":20}}", url,
             url, arguments[5], more);
    client = api.open(config, &error);
    if (client == 0) fail("open", error);
    return client;
}

static void tour(const char *url) {
    int32_t client = client_of(url, "");
    int64_t ticket = api.submit(client, QUICK, NULL);
    take("wait", api.wait(client, ticket, 20000), "\"ready\"");
    take("solve", api.solve(client, QUICK), "\"ready\"");
    take("create", api.create(client, TASK "}}"), "\"taskId\"");
    take("result", api.result(client, "{\"taskId\":7}"), "errorId");
    take("report", api.report(client, "{\"taskId\":7,\"type\":\"RecaptchaV2Task\"}"), "errorId");
    take("call", api.call(client, "newMethod", "{}"), "errorId");
    take("balance", api.balance(client), "\"balance\"");
    take("user agent", api.user_agent(client), "errorId");
    ticket = api.submit(client, TASK "},\"options\":{\"firstPollMs\":600000}}", NULL);
    api.cancel(client, ticket);
    take("receive", api.receive(client, 20000), "CAPTASK_CANCELLED");
    take("inspect", api.inspect(client), "\"errorId\":0");
    if (api.stop(client) != 1) fail("stop", url);
    if (api.close(client) != 1) fail("close", url);
}

/* `head`, `part` so many times, `middle`, `part2` so many times, `tail`. */
static char *repeated(const char *head, const char *part, const char *middle, const char *part2, const char *tail,
                      size_t times) {
    char *text = malloc(strlen(head) + strlen(middle) + strlen(tail) + (strlen(part) + strlen(part2)) * times + 1), *at;
    size_t n;
    if (text == NULL) fail("memory", NULL);
    at = text + sprintf(text, "%s", head);
    for (n = 0; n < times; n++) at += sprintf(at, "%s", part);
    at += sprintf(at, "%s", middle);
    for (n = 0; n < times; n++) at += sprintf(at, "%s", part2);
    sprintf(at, "%s", tail);
    return text;
}

static void odd(int32_t client, char *text) {
    char *error = NULL;
    take("check", api.check(text), "errorId");
    take("pick", api.pick(text, "/task/0/0/0"), NULL);
    take("quote", api.quote(text), "\"");
    take("base64", api.base64(text, strlen(text)), "e");
    take("create", api.create(client, text), "errorId");
    take("call", api.call(client, "createTask", text), "errorId");
    take("solve", api.solve(client, text), "errorId");
    take("describe", api.describe(text), "CAPTASK_UNKNOWN_TOPIC");
    if (api.open(text, &error) != 0) fail("open", text);
    take("open", error, "CAPTASK_INVALID");
    if (api.open_sandbox(text, &error) != 0) fail("open a sandbox", text);
    take("open a sandbox", error, "CAPTASK_INVALID");
    free(text);
}

static void *body(void *unused) {
    static const char *const topics[] = {"tasks",  "errors", "methods", "config", "request",
                                         "sandbox", "task/recaptcha_v2", "error/ERROR_ZERO_BALANCE"};
    char *error = NULL;
    int32_t client, sandbox;
    size_t n;
    (void)unused;
    api.set_log(note, NULL, CAPTASK_LOG_TRACE);
    tour(arguments[3]);
    tour(arguments[4]);
    client = client_of(arguments[4], ",\"callback\":{\"listen\":\"127.0.0.1:0\",\"publicUrl\":\"http://a.invalid\"}");
    if (api.close(client) != 1) fail("close", "with a receiver of callbacks");
    client = client_of(arguments[4], "");
    odd(client, repeated("{\"task\":", "[", "", "]", "}", 100000));
    odd(client, repeated("{\"task\":", "{\"a\":", "1", "}", "}", 100000));
    odd(client, repeated(TASK ",\"body\":\"", "A", "\"}}", "", "", 1 << 20));
    odd(client, repeated("{\"task\":{\"type\":\"RecaptchaV2Task\"", ",\"a\":[{\"b\":1}]", "}}", "", "", 60000));
    if (api.close(client) != 1) fail("close", NULL);
    take("describe", api.describe(NULL), "errorId");
    for (n = 0; n < sizeof topics / sizeof *topics; n++) take("describe", api.describe(topics[n]), "\"errorId\":0");
    sandbox = api.open_sandbox(NULL, &error);
    if (sandbox == 0) fail("a sandbox opens", error);
    if (api.close(sandbox) != 1) fail("a sandbox closes", NULL);
    api.set_log(NULL, NULL, CAPTASK_LOG_OFF);
    return NULL;
}

int main(int argc, char **argv) {
    pthread_attr_t attributes;
    pthread_t thread;
    if (argc != 6) return 2;
    arguments = argv;
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fail("dlopen", dlerror());
    FUNCTIONS(FIND)
    if (pthread_attr_init(&attributes) != 0) return 2;
    if (pthread_attr_setstacksize(&attributes, (size_t)atoi(argv[2]) * 1024) != 0) fail("stack", argv[2]);
    if (pthread_create(&thread, &attributes, body, NULL) != 0) fail("thread", argv[2]);
    pthread_join(thread, NULL);
    printf("%s KiB of stack are enough\n", argv[2]);
    return 0;
}

/* Every function with every kind of bad input: the documented answer, never a crash. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#define BAD_UTF8 "{\"task\":\"\xff\"}"

enum { NESTING = 10 * 1024 * 1024 };

static char *nested; /* 10 MB of "[[[[…" */
static int32_t client;

typedef char *(*ask)(int32_t, const char *);

static char *call_unknown(int32_t handle, const char *request) {
    return captask_call(handle, "methodOfTomorrow", request);
}

static char *call_create(int32_t handle, const char *request) {
    return captask_call(handle, "createTask", request);
}

static char *submit(int32_t handle, const char *request) {
    char *error = NULL;
    int64_t ticket = captask_submit(handle, request, &error);
    CHECK((ticket == 0) == (error != NULL));
    CHECK(ticket == 0);
    return error;
}

static char *check(int32_t handle, const char *request) {
    (void)handle;
    return captask_check(request);
}

static const struct {
    const char *name;
    ask function;
    int of_a_client;
} requests[] = {
    {"create_task", captask_create_task, 1},
    {"get_task_result", captask_get_task_result, 1},
    {"report_incorrect", captask_report_incorrect, 1},
    {"call", call_unknown, 1},
    {"call createTask", call_create, 1},
    {"solve", captask_solve, 1},
    {"submit", submit, 1},
    {"check", check, 0},
};

enum { REQUESTS = sizeof requests / sizeof *requests };

static void requests_that_are_no_json(void) {
    static const char *const broken[] = {"", " ", "{", "{\"task\":{\"type\":\"Recap", "{\"a\":1}}", "{\"a\":01}",
                                         "{\"a\":\"\\ud8", "nul", "{'a':1}", "\"", "[1,", "{\"a\":1,}"};
    size_t i, j;
    for (i = 0; i < REQUESTS; i++) {
        CHECK_TAKE_CODE(requests[i].function(client, NULL), "CAPTASK_INVALID_ARGUMENT");
        CHECK_TAKE_CODE(requests[i].function(client, BAD_UTF8), "CAPTASK_INVALID_ARGUMENT");
        for (j = 0; j < sizeof broken / sizeof *broken; j++) {
            char *answer = requests[i].function(client, broken[j]);
            char *line = captask_pick(answer, "/line"), *column = captask_pick(answer, "/column");
            CHECK(line != NULL && column != NULL);
            captask_free(line);
            captask_free(column);
            CHECK_TAKE_CODE(answer, "CAPTASK_INVALID_JSON");
        }
        CHECK_TAKE_CODE(requests[i].function(client, nested), "CAPTASK_INVALID_JSON");
    }
}

static void requests_that_are_no_object(void) {
    static const char *const others[] = {"null", "true", "7", "\"text\"", "[]", "[{}]"};
    size_t i, j;
    for (i = 0; i < REQUESTS; i++) {
        for (j = 0; j < sizeof others / sizeof *others; j++) {
            CHECK_TAKE_CODE(requests[i].function(client, others[j]), "CAPTASK_INVALID_REQUEST");
        }
    }
}

static void requests_of_a_wrong_form(void) {
    static const char *const wrong[] = {
        "{}", "{" TASK ",\"taskId\":1}", "{\"task\":7}", "{\"taskId\":0}", "{\"taskId\":\"\"}", "{\"taskId\":{}}",
        "{" TASK ",\"options\":7}", "{" TASK ",\"options\":{\"unknown\":1}}", "{" TASK ",\"options\":{\"timeoutMs\":\"1\"}}",
        "{" TASK ",\"options\":{\"maxPolls\":121}}", "{" TASK ",\"options\":{\"validate\":\"maybe\"}}",
        "{" TASK ",\"options\":{\"pollIntervalMs\":-1}}", "{\"taskId\":1,\"options\":{\"pollsUsed\":120}}"};
    size_t i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_TAKE_CODE(captask_solve(client, wrong[i]), "CAPTASK_INVALID_REQUEST");
        CHECK_TAKE_CODE(submit(client, wrong[i]), "CAPTASK_INVALID_REQUEST");
    }
    CHECK_TAKE_CODE(captask_solve(client, "{\"task\":{\"type\":\"RecaptchaV2Task\"},\"options\":{\"validate\":\"strict\"}}"),
                    "CAPTASK_INVALID_TASK");
    CHECK_TAKE_CODE(captask_report_incorrect(client, "{\"taskId\":1}"), "CAPTASK_INVALID_REQUEST");
    CHECK_TAKE_CODE(captask_report_incorrect(client, "{\"type\":\"ImageToTextTask\"}"), "CAPTASK_INVALID_REQUEST");
    CHECK_TAKE_CODE(captask_report_incorrect(client, "{\"taskId\":1,\"type\":7}"), "CAPTASK_INVALID_REQUEST");
}

static void methods_that_are_none(void) {
    static const char *const wrong[] = {"", "a/b", "../x", "a b", "a?b", "m\xc3\xa9thode", "\xff"};
    size_t i;
    CHECK_TAKE_CODE(captask_call(client, NULL, "{}"), "CAPTASK_INVALID_ARGUMENT");
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_TAKE_CODE(captask_call(client, wrong[i], "{}"), "CAPTASK_INVALID_ARGUMENT");
    }
}

typedef int32_t (*opener)(const char *, char **);

static void configurations(opener open) {
    static const char *const wrong[] = {"null", "7", "[]", "{\"unknownKey\":1}"};
    static const char *const broken[] = {"", "{", "{\"a\":tru", "{\"a\":1}x"};
    char *error = NULL;
    size_t i;
    CHECK(open(BAD_UTF8, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_INVALID_ARGUMENT");
    for (i = 0; i < sizeof broken / sizeof *broken; i++) {
        CHECK(open(broken[i], &error) == 0);
        CHECK_TAKE_CODE(error, "CAPTASK_INVALID_JSON");
        CHECK(open(broken[i], NULL) == 0);
    }
    CHECK(open(nested, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_INVALID_JSON");
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(open(wrong[i], &error) == 0);
        CHECK_TAKE_CODE(error, "CAPTASK_INVALID_CONFIG");
    }
}

static void configurations_of_a_client(void) {
    static const char *const wrong[] = {
        "{\"clientKey\":7}", "{\"endpoint\":\"ftp://x\"}", "{\"endpoint\":7}", "{\"maxConnections\":0}",
        "{\"tls\":{\"verify\":false}}", "{\"validate\":\"no\"}", "{\"poll\":{\"maxPolls\":121}}",
        "{\"fallbackEndpoints\":[7]}", "{\"proxy\":\"gopher://x\"}", "{\"connectTimeoutMs\":-1}"};
    char *error = NULL;
    size_t i;
    configurations(captask_open);
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(captask_open(wrong[i], &error) == 0);
        CHECK_TAKE_CODE(error, "CAPTASK_INVALID_CONFIG");
    }
}

static void configurations_of_a_sandbox(void) {
    static const char *const wrong[] = {"{\"listen\":\"nowhere\"}", "{\"solveMs\":-1}", "{\"accounts\":[{}]}",
                                        "{\"balance\":\"much\"}", "{\"maxPolls\":0}"};
    char *error = NULL;
    size_t i;
    configurations(captask_sandbox_open);
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(captask_sandbox_open(wrong[i], &error) == 0);
        CHECK_TAKE_CODE(error, "CAPTASK_INVALID_CONFIG");
    }
}

static void texts_of_ten_megabytes(void) {
    char *quoted = captask_quote(nested), *encoded = captask_base64(nested, NESTING);
    CHECK(quoted != NULL && strlen(quoted) == NESTING + 2);
    CHECK(encoded != NULL && strlen(encoded) == (NESTING + 2) / 3 * 4);
    captask_free(quoted);
    captask_free(encoded);
    CHECK_NULL(captask_pick(nested, "/0"));
    CHECK_TAKE_CODE(captask_describe(nested), "CAPTASK_UNKNOWN_TOPIC");
    CHECK_TAKE_CODE(captask_call(client, nested, "{}"), "CAPTASK_INVALID_ARGUMENT");
}

/* None of the handles is one of a client. */
static void no_client(int32_t handle) {
    size_t i;
    char *error = NULL;
    for (i = 0; i < REQUESTS; i++) {
        if (requests[i].of_a_client) {
            CHECK_TAKE_CODE(requests[i].function(handle, QUICK), "CAPTASK_UNKNOWN_HANDLE");
        }
    }
    CHECK_TAKE_CODE(captask_get_balance(handle), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_get_user_agent(handle), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_wait(handle, 1, 0), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_wait(handle, 1, -1), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_receive(handle, 0), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_receive(handle, -1), "CAPTASK_UNKNOWN_HANDLE");
    CHECK(captask_cancel(handle, 1) == 0);
    CHECK(captask_stop(handle) == 0);
    CHECK(captask_submit(handle, QUICK, NULL) == 0);
    CHECK(captask_submit(handle, QUICK, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_UNKNOWN_HANDLE");
}

static void handles_that_are_none(void) {
    static const int32_t wrong[] = {0, -1, INT32_MIN, INT32_MAX};
    int32_t closed = open_client("{\"endpoint\":\"sandbox:\"}");
    size_t i;
    CHECK(captask_close(closed) == 1);
    CHECK(captask_close(closed) == 0);
    no_client(closed);
    CHECK_TAKE_CODE(captask_inspect(closed), "CAPTASK_UNKNOWN_HANDLE");
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        no_client(wrong[i]);
        CHECK_TAKE_CODE(captask_inspect(wrong[i]), "CAPTASK_UNKNOWN_HANDLE");
        CHECK(captask_close(wrong[i]) == 0);
    }
}

static void a_sandbox_is_no_client(void) {
    char *error = NULL;
    int32_t sandbox = captask_sandbox_open(NULL, &error);
    CHECK(sandbox > 0);
    CHECK_NULL(error);
    no_client(sandbox);
    CHECK_TAKE_CODE(captask_inspect(sandbox), NULL);
    CHECK(captask_close(sandbox) == 1);
    CHECK(captask_close(sandbox) == 0);
    CHECK_TAKE_CODE(captask_inspect(sandbox), "CAPTASK_UNKNOWN_HANDLE");
}

static void numbers_out_of_range(void) {
    CHECK_TAKE_CODE(captask_wait(client, 1, -2), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_wait(client, 1, INT32_MIN), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_receive(client, -2), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_wait(client, 0, 0), "CAPTASK_UNKNOWN_TICKET");
    CHECK_TAKE_CODE(captask_wait(client, -1, -1), "CAPTASK_UNKNOWN_TICKET");
    CHECK_TAKE_CODE(captask_wait(client, INT64_MAX, -1), "CAPTASK_UNKNOWN_TICKET");
    CHECK(captask_cancel(client, INT64_MIN) == 0);
}

static void the_client_is_as_good_as_before(void) {
    char *answer = captask_solve(client, QUICK);
    CHECK_PICK(answer, "/status", "ready");
    CHECK_TAKE_CODE(answer, NULL);
    CHECK(inspect_number(client, "/created") == 1);
    CHECK(captask_close(client) == 1);
}

int main(void) {
    CHECK_BEGIN();
    nested = malloc(NESTING + 1);
    if (nested == NULL) return 2;
    memset(nested, '[', NESTING);
    nested[NESTING] = '\0';
    client = open_client("{\"endpoint\":\"sandbox:\"}");
    RUN(requests_that_are_no_json);
    RUN(requests_that_are_no_object);
    RUN(requests_of_a_wrong_form);
    RUN(methods_that_are_none);
    RUN(configurations_of_a_client);
    RUN(configurations_of_a_sandbox);
    RUN(texts_of_ten_megabytes);
    RUN(handles_that_are_none);
    RUN(a_sandbox_is_no_client);
    RUN(numbers_out_of_range);
    RUN(the_client_is_as_good_as_before);
    free(nested);
    return CHECK_END();
}

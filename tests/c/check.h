/*
 * Checks for the contract tests: a failed one is told with its place, and the test goes on. Texts that are handed to
 * a check with "take" in its name are released by it.
 */
#ifndef CHECK_H
#define CHECK_H

#include "captask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Every test program ends, come what may. */
enum { CHECK_SECONDS = 240 };

static int check_failures;

static inline void check_fail(const char *file, int line, const char *what, const char *seen) {
    printf("%s:%d: %s\n    seen: %.600s\n", file, line, what, seen == NULL ? "NULL" : seen);
    check_failures++;
}

#define CHECK(condition) ((condition) ? (void)0 : check_fail(__FILE__, __LINE__, #condition, "it is not so"))
#define CHECK_TEXT(seen, wanted) check_text(__FILE__, __LINE__, seen, wanted)
#define CHECK_NULL(seen) check_null(__FILE__, __LINE__, seen)
#define CHECK_TAKE_TEXT(seen, wanted) check_take_text(__FILE__, __LINE__, seen, wanted)
#define CHECK_TAKE_CODE(answer, code) check_take_code(__FILE__, __LINE__, answer, code)
#define CHECK_PICK(answer, pointer, wanted) check_take_text(__FILE__, __LINE__, captask_pick(answer, pointer), wanted)

static inline void check_text(const char *file, int line, const char *seen, const char *wanted) {
    if (seen == NULL || strcmp(seen, wanted) != 0) check_fail(file, line, wanted, seen);
}

static inline void check_null(const char *file, int line, char *seen) {
    if (seen != NULL) check_fail(file, line, "nothing is expected", seen);
    captask_free(seen);
}

static inline void check_take_text(const char *file, int line, char *seen, const char *wanted) {
    check_text(file, line, seen, wanted);
    captask_free(seen);
}

/* An error object of the whole documented form with this code; NULL for a good answer. */
static inline void check_take_code(const char *file, int line, char *answer, const char *code) {
    static const char *const members[] = {"/errorDescription", "/retryable", "/retryScope"};
    char *id = captask_pick(answer, "/errorId");
    char *seen = captask_pick(answer, "/errorCode");
    if (id == NULL) {
        check_fail(file, line, "an answer with errorId", answer);
    } else if (code == NULL) {
        if (strcmp(id, "0") != 0) check_fail(file, line, "errorId 0", answer);
    } else {
        size_t i;
        if (strcmp(id, "1") != 0 || seen == NULL || strcmp(seen, code) != 0) check_fail(file, line, code, answer);
        for (i = 0; i < sizeof members / sizeof *members; i++) {
            char *member = captask_pick(answer, members[i]);
            if (member == NULL || *member == '\0') check_fail(file, line, members[i], answer);
            captask_free(member);
        }
    }
    captask_free(seen);
    captask_free(id);
    captask_free(answer);
}

/* Opens a client that must open; `config` may be NULL. */
static inline int32_t open_client(const char *config) {
    char *error = NULL;
    int32_t client = captask_open(config, &error);
    if (client <= 0 || error != NULL) check_fail(__FILE__, __LINE__, "a client opens", error);
    captask_free(error);
    return client;
}

/* Opens a sandbox and a client of it. The sandbox's handle goes to `sandbox`. */
static inline int32_t open_pair(const char *sandbox_config, const char *client_members, int32_t *sandbox) {
    char config[1024], *error = NULL, *state, *url;
    int32_t client;
    *sandbox = captask_sandbox_open(sandbox_config, &error);
    if (*sandbox <= 0) check_fail(__FILE__, __LINE__, "a sandbox opens", error);
    captask_free(error);
    state = captask_inspect(*sandbox);
    url = captask_pick(state, "/url");
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"%s\"%s}", url == NULL ? "" : url, client_members);
    client = open_client(config);
    captask_free(url);
    captask_free(state);
    return client;
}

/* One number of captask_inspect. */
static inline long inspect_number(int32_t handle, const char *pointer) {
    char *state = captask_inspect(handle);
    char *text = captask_pick(state, pointer);
    long number = text == NULL ? -1 : strtol(text, NULL, 10);
    captask_free(text);
    captask_free(state);
    return number;
}

/* Between two looks at something that will come to be. */
static inline void check_pause(void) {
    struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, NULL);
}

static inline void check_run(const char *name, void (*test)(void)) {
    int before = check_failures;
    test();
    printf("%s %s\n", check_failures == before ? "ok" : "not ok", name);
    fflush(stdout);
}

#define RUN(test) check_run(#test, test)
#define CHECK_BEGIN() alarm(CHECK_SECONDS)
#define CHECK_END() (check_failures == 0 ? 0 : 1)

/* A task that the sandbox takes, and one whose first poll comes in an hour. */
#define TASK "\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"key\"}"
/* The interval of polls is never below a 120th of the deadline. */
#define QUICK "{" TASK ",\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":1,\"timeoutMs\":30000}}"
#define SLOW "{" TASK ",\"options\":{\"firstPollMs\":3600000,\"timeoutMs\":7200000}}"

#endif

/* A forked child: the parent's handles are refused there, it opens its own, and the parent goes on. */
#define _POSIX_C_SOURCE 200809L
#include "child.h"
#include "readable.h"

#include <pthread.h>
#include <sys/types.h>
#include <sys/wait.h>

static int32_t client, sandbox;
static int64_t ticket;

static void inherited_handles_are_refused(void) {
    char *error = NULL;
    int64_t number = -1;
    CHECK_TAKE_CODE(captask_get_balance(client), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_get_user_agent(client), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_create_task(client, QUICK), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_get_task_result(client, "{}"), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_report_incorrect(client, "{}"), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_call(client, "getBalance", "{}"), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_solve(client, QUICK), "CAPTASK_FORKED");
    CHECK(captask_submit(client, QUICK, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_wait(client, ticket, -1), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_receive(client, -1), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_receive_ticket(client, -1, &number), "CAPTASK_FORKED");
    CHECK(number == 0);
    CHECK(captask_fd(client, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_FORKED");
    CHECK(captask_wake(client) == 0);
    CHECK_TAKE_CODE(captask_inspect(client), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_inspect(sandbox), "CAPTASK_FORKED");
    CHECK(captask_cancel(client, ticket) == 0);
    CHECK(captask_stop(client) == 0);
    /* Before text, JSON and numbers. */
    CHECK_TAKE_CODE(captask_call(client, NULL, "\xff"), "CAPTASK_FORKED");
    CHECK_TAKE_CODE(captask_wait(client, 0, -2), "CAPTASK_FORKED");
    /* A number that was never given out is still that. */
    CHECK_TAKE_CODE(captask_inspect(2147483647), "CAPTASK_UNKNOWN_HANDLE");
}

static void what_needs_no_handle_works(void) {
    CHECK_TAKE_TEXT(captask_quote("x"), "\"x\"");
    CHECK_TAKE_CODE(captask_describe(NULL), NULL);
    CHECK_TAKE_CODE(captask_check(QUICK), NULL);
}

static void the_child_opens_its_own(void) {
    int32_t own = open_client("{\"endpoint\":\"sandbox:\"}");
    CHECK(own > client && own > sandbox);
    CHECK_TAKE_CODE(captask_solve(own, QUICK), NULL);
    CHECK(captask_close(own) == 1);
    CHECK_TAKE_CODE(captask_inspect(own), "CAPTASK_UNKNOWN_HANDLE");
}

static void closing_an_inherited_handle_only_forgets_it(void) {
    CHECK(captask_close(client) == 0);
    CHECK(captask_close(sandbox) == 0);
}

static void child(void) {
    inherited_handles_are_refused();
    what_needs_no_handle_works();
    the_child_opens_its_own();
    closing_an_inherited_handle_only_forgets_it();
}

static void a_child_of_a_quiet_parent(void) {
    CHECK(in_a_child(NULL, child) == 0);
}

static volatile int busy = 1;

static void sink(int32_t level, const char *line, void *user) {
    (void)level;
    (void)line;
    (void)user;
}

/* Keeps the library's locks in use. */
static void *make_noise(void *unused) {
    (void)unused;
    while (__atomic_load_n(&busy, __ATOMIC_ACQUIRE)) {
        captask_free(captask_inspect(client));
        captask_set_log(sink, NULL, CAPTASK_LOG_TRACE);
        captask_cancel(client, captask_submit(client, SLOW, NULL));
        captask_free(captask_receive(client, 0));
        captask_wake(client);
        captask_fd(client, NULL);
        captask_log_to("/dev/null", CAPTASK_LOG_TRACE, NULL);
        captask_close(captask_open("{\"endpoint\":\"http://127.0.0.1:1\"}", NULL));
    }
    return NULL;
}

static void children_of_a_parent_in_the_middle_of_calls(void) {
    char *unread;
    pthread_t threads[2];
    int i;
    for (i = 0; i < 2; i++) CHECK(pthread_create(&threads[i], NULL, make_noise, NULL) == 0);
    for (i = 0; i < 10; i++) CHECK(in_a_child(NULL, child) == 0);
    __atomic_store_n(&busy, 0, __ATOMIC_RELEASE);
    for (i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    captask_set_log(NULL, NULL, CAPTASK_LOG_OFF);
    captask_log_to(NULL, CAPTASK_LOG_OFF, NULL);
    while ((unread = captask_receive(client, 0)) != NULL) captask_free(unread);
}

/* What a child does with the parent's descriptor open is nothing to the parent. */
static void the_parents_descriptor_is_its_own(void) {
    descriptor fd = descriptor_of(client);
    CHECK(in_a_child(NULL, child) == 0);
    CHECK_READABLE(fd, 0);
    CHECK(captask_cancel(client, captask_submit(client, SLOW, NULL)) == 1);
    CHECK_READABLE(fd, 1);
    CHECK(in_a_child(NULL, child) == 0);
    CHECK_READABLE(fd, 1);
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
    CHECK_READABLE(fd, 0);
}

static void the_parent_goes_on(void) {
    CHECK_NULL(captask_wait(client, ticket, 0));
    CHECK(captask_cancel(client, ticket) == 1);
    CHECK_TAKE_CODE(captask_wait(client, ticket, -1), "CAPTASK_CANCELLED");
    CHECK_TAKE_CODE(captask_solve(client, QUICK), NULL);
    CHECK(captask_close(client) == 1);
    CHECK(captask_close(sandbox) == 1);
}

int main(void) {
    CHECK_BEGIN();
    client = open_pair("{}", "", &sandbox);
    CHECK_TAKE_CODE(captask_get_balance(client), NULL);
    ticket = captask_submit(client, SLOW, NULL);
    RUN(a_child_of_a_quiet_parent);
    RUN(children_of_a_parent_in_the_middle_of_calls);
    RUN(the_parents_descriptor_is_its_own);
    RUN(the_parent_goes_on);
    return CHECK_END();
}

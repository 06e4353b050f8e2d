/* Callers that are blocked return when the handle is stopped or closed, each with its documented answer. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "server.h"

static int32_t client;
static int64_t ticket;

static void *in_receive(void *unused) {
    return (void)unused, captask_receive(client, -1);
}

static void *in_wait(void *unused) {
    return (void)unused, captask_wait(client, ticket, -1);
}

static void *in_solve(void *unused) {
    return (void)unused, captask_solve(client, SLOW);
}

static void *in_create(void *unused) {
    return (void)unused, captask_create_task(client, "{" TASK "}");
}

static void *in_balance(void *unused) {
    return (void)unused, captask_get_balance(client);
}

static const char *never(const char *method) {
    (void)method;
    return NULL;
}

static char *join(pthread_t thread) {
    void *answer = NULL;
    pthread_join(thread, &answer);
    return answer;
}

static pthread_t begin(void *(*body)(void *)) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, NULL) != 0) abort();
    return thread;
}

static int32_t open_to(struct server *server) {
    char config[256];
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"http://127.0.0.1:%d\",\"requestTimeoutMs\":600000,"
             "\"callTimeoutMs\":600000}", server->port);
    return open_client(config);
}

/* Closed; or no such handle, for a caller that had not come in yet when the handle was closed. */
static void closed_or_gone(char *answer) {
    char *code = captask_pick(answer, "/errorCode");
    CHECK(code != NULL && (strcmp(code, "CAPTASK_CLOSED") == 0 || strcmp(code, "CAPTASK_UNKNOWN_HANDLE") == 0));
    captask_free(code);
    captask_free(answer);
}

/* Whether somebody waits for the ticket already. */
static void until_awaited(void) {
    char *answer;
    while ((answer = captask_wait(client, ticket, 0)) == NULL) check_pause();
    CHECK_TAKE_CODE(answer, "CAPTASK_UNKNOWN_TICKET");
}

static void close_returns_those_who_wait(void) {
    pthread_t receiver, waiter, solver;
    client = open_client("{\"endpoint\":\"sandbox:\"}");
    ticket = captask_submit(client, SLOW, NULL);
    receiver = begin(in_receive);
    waiter = begin(in_wait);
    until_awaited();
    solver = begin(in_solve);
    while (inspect_number(client, "/created") < 2) check_pause();
    CHECK(captask_close(client) == 1);
    closed_or_gone(join(receiver));
    CHECK_TAKE_CODE(join(waiter), "CAPTASK_CLOSED");
    CHECK_TAKE_CODE(join(solver), "CAPTASK_CLOSED");
    CHECK(captask_close(client) == 0);
}

static void stop_returns_them_with_their_tasks(void) {
    pthread_t waiter, solver;
    char *answer, *id;
    client = open_client("{\"endpoint\":\"sandbox:\"}");
    ticket = captask_submit(client, SLOW, NULL);
    waiter = begin(in_wait);
    until_awaited();
    solver = begin(in_solve);
    while (inspect_number(client, "/created") < 2) check_pause();
    CHECK(captask_stop(client) == 1);
    answer = join(waiter);
    id = captask_pick(answer, "/taskId");
    CHECK(id != NULL);
    captask_free(id);
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    answer = join(solver);
    id = captask_pick(answer, "/taskId");
    CHECK(id != NULL);
    captask_free(id);
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    CHECK(captask_close(client) == 1);
}

static void close_returns_those_on_the_wire(void) {
    struct server server;
    pthread_t creator, asker;
    char *answer;
    CHECK(server_start(&server, never));
    client = open_to(&server);
    creator = begin(in_create);
    server_await(&server, 1);
    asker = begin(in_balance);
    server_await(&server, 2);
    CHECK(captask_close(client) == 1);
    answer = join(creator);
    CHECK_PICK(answer, "/outcomeUnknown", "true");
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    answer = join(asker);
    CHECK_NULL(captask_pick(answer, "/outcomeUnknown"));
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    server_stop(&server);
}

static void a_ticket_inside_create_task_says_that_its_outcome_is_unknown(void) {
    struct server server;
    char *answer;
    CHECK(server_start(&server, never));
    client = open_to(&server);
    ticket = captask_submit(client, "{" TASK "}", NULL);
    server_await(&server, 1);
    CHECK(captask_stop(client) == 1);
    answer = captask_wait(client, ticket, -1);
    CHECK_PICK(answer, "/outcomeUnknown", "true");
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    CHECK(captask_close(client) == 1);
    server_stop(&server);
}

static void close_meets_receivers_at_any_moment(void) {
    int round;
    for (round = 0; round < 20; round++) {
        pthread_t receivers[4];
        int i;
        client = open_client("{\"endpoint\":\"sandbox:\"}");
        captask_submit(client, SLOW, NULL);
        for (i = 0; i < 4; i++) receivers[i] = begin(in_receive);
        CHECK(captask_close(client) == 1);
        for (i = 0; i < 4; i++) closed_or_gone(join(receivers[i]));
    }
}

int main(void) {
    CHECK_BEGIN();
    RUN(close_returns_those_who_wait);
    RUN(stop_returns_them_with_their_tasks);
    RUN(close_returns_those_on_the_wire);
    RUN(a_ticket_inside_create_task_says_that_its_outcome_is_unknown);
    RUN(close_meets_receivers_at_any_moment);
    return CHECK_END();
}

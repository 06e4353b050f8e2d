/* Tickets: submit, wait, receive, cancel, stop, and what comes back with each answer. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <pthread.h>

#define WITH_EXTRA(extra) "{" TASK ",\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":1,\"timeoutMs\":30000},\"extra\":" extra "}"

static int32_t client;

static int64_t submit(const char *request) {
    char *error = NULL;
    int64_t ticket = captask_submit(client, request, &error);
    CHECK(ticket > 0 && ticket < ((int64_t)1 << 53));
    CHECK_NULL(error);
    return ticket;
}

static void solve_gives_the_whole_answer(void) {
    char *answer = captask_solve(client, WITH_EXTRA("{\"b\":[1,0.10],\"a\":null}"));
    CHECK_PICK(answer, "/status", "ready");
    CHECK_PICK(answer, "/solution/gRecaptchaResponse", "sandbox-gRecaptchaResponse");
    CHECK_PICK(answer, "/extra", "{\"b\":[1,0.10],\"a\":null}");
    CHECK_TAKE_CODE(answer, NULL);
    CHECK_NULL(captask_receive(client, 0));
}

static void wait_reads_an_answer_once(void) {
    int64_t ticket = submit(WITH_EXTRA("7"));
    char number[32];
    char *answer = captask_wait(client, ticket, -1);
    snprintf(number, sizeof number, "%lld", (long long)ticket);
    CHECK_PICK(answer, "/ticket", number);
    CHECK_PICK(answer, "/extra", "7");
    CHECK_TAKE_CODE(answer, NULL);
    CHECK_TAKE_CODE(captask_wait(client, ticket, -1), "CAPTASK_UNKNOWN_TICKET");
    CHECK_TAKE_CODE(captask_wait(client, ticket, 0), "CAPTASK_UNKNOWN_TICKET");
    CHECK(captask_cancel(client, ticket) == 0);
}

static void nothing_yet_is_null(void) {
    int64_t ticket = submit(SLOW);
    CHECK_NULL(captask_wait(client, ticket, 0));
    CHECK_NULL(captask_wait(client, ticket, 1));
    CHECK_NULL(captask_receive(client, 0));
    CHECK_NULL(captask_receive(client, 1));
    CHECK(captask_cancel(client, ticket) == 1);
    CHECK(captask_cancel(client, ticket) == 0);
    CHECK_TAKE_CODE(captask_wait(client, ticket, 0), "CAPTASK_CANCELLED");
}

static void receive_gives_each_answer_to_one(void) {
    int64_t tickets[5], sum = 0, seen = 0;
    int i;
    for (i = 0; i < 5; i++) sum += tickets[i] = submit(QUICK);
    for (i = 0; i < 5; i++) {
        char *answer = captask_receive(client, -1), *ticket = captask_pick(answer, "/ticket");
        seen += ticket == NULL ? 0 : strtoll(ticket, NULL, 10);
        captask_free(ticket);
        CHECK_TAKE_CODE(answer, NULL);
    }
    CHECK(seen == sum);
    CHECK_NULL(captask_receive(client, 0));
    for (i = 0; i < 5; i++) CHECK_TAKE_CODE(captask_wait(client, tickets[i], 0), "CAPTASK_UNKNOWN_TICKET");
}

static void *wait_for_ever(void *ticket) {
    return captask_wait(client, *(int64_t *)ticket, -1);
}

/* Waits until the ticket has a waiter: only then is it unknown to a second one. */
static void until_awaited(int64_t ticket) {
    char *answer;
    while ((answer = captask_wait(client, ticket, 0)) == NULL) check_pause();
    CHECK_TAKE_CODE(answer, "CAPTASK_UNKNOWN_TICKET");
}

static void a_second_waiter_is_refused_and_receive_is_not_given_it(void) {
    int64_t ticket = submit(SLOW);
    pthread_t waiter;
    void *answer = NULL;
    CHECK(pthread_create(&waiter, NULL, wait_for_ever, &ticket) == 0);
    until_awaited(ticket);
    CHECK_TAKE_CODE(captask_wait(client, ticket, -1), "CAPTASK_UNKNOWN_TICKET");
    CHECK(captask_cancel(client, ticket) == 1);
    CHECK_NULL(captask_receive(client, 0));
    pthread_join(waiter, &answer);
    CHECK_TAKE_CODE(answer, "CAPTASK_CANCELLED");
}

static void a_task_that_was_bought_is_adopted(void) {
    char request[128], *created = captask_create_task(client, "{" TASK "}"), *id = captask_pick(created, "/taskId"), *answer;
    snprintf(request, sizeof request, "{\"taskId\":%s,\"extra\":\"mine\",\"options\":{\"pollIntervalMs\":1}}",
             id == NULL ? "1" : id);
    answer = captask_solve(client, request);
    CHECK_PICK(answer, "/taskId", id == NULL ? "" : id);
    CHECK_PICK(answer, "/extra", "mine");
    CHECK_PICK(answer, "/status", "ready");
    CHECK_TAKE_CODE(answer, NULL);
    captask_free(id);
    CHECK_TAKE_CODE(created, NULL);
}

static void a_deadline_ends_as_timeout_with_the_task(void) {
    char *answer = captask_solve(client, "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\","
                                         "\"websiteKey\":\"key\"},\"options\":{\"timeoutMs\":300}}");
    char *id = captask_pick(answer, "/taskId");
    CHECK(id != NULL);
    captask_free(id);
    CHECK_TAKE_CODE(answer, "CAPTASK_TIMEOUT");
}

static void the_codes_of_the_service_pass_through(void) {
    char *answer = captask_solve(client,
        "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"error:ERROR_NO_SLOT_AVAILABLE\"},"
        "\"options\":{\"timeoutMs\":50}}");
    CHECK_TAKE_CODE(answer, "ERROR_NO_SLOT_AVAILABLE");
    CHECK_TAKE_CODE(captask_get_task_result(client, "{\"taskId\":1}"), "ERROR_NO_SUCH_CAPCHA_ID");
    CHECK_TAKE_CODE(captask_call(client, "methodOfTomorrow", "{}"), "ERROR_NO_SUCH_METHOD");
}

static void the_methods_answer(void) {
    static const char asked[] = "{\"taskId\":%s,\"type\":\"RecaptchaV2Task\"}";
    char *sandboxed = captask_solve(client, QUICK), *id = captask_pick(sandboxed, "/taskId"), request[128], *report;
    snprintf(request, sizeof request, asked, id == NULL ? "0" : id);
    report = captask_report_incorrect(client, request);
    CHECK_PICK(report, "/status", "success");
    CHECK_TAKE_CODE(report, NULL);
    captask_free(id);
    CHECK_TAKE_CODE(sandboxed, NULL);
    CHECK_TAKE_CODE(captask_call(client, "getBalance", "{}"), NULL);
    CHECK_TAKE_CODE(captask_get_balance(client), NULL);
}

/* Where getUserAgent is asked under "sandbox:" is the sandbox's own. */
static void the_user_agent_is_told(void) {
    int32_t own = open_client("{\"endpoint\":\"sandbox:\"}");
    char *answer = captask_get_user_agent(own), *agent = captask_pick(answer, "/userAgent");
    CHECK(agent != NULL && *agent != '\0');
    captask_free(agent);
    CHECK_TAKE_CODE(answer, NULL);
    CHECK(captask_close(own) == 1);
}

static void after_stop_what_is_there_is_read_and_then_it_is_closed(void) {
    int64_t cancelled = submit(SLOW);
    char *answer, *error = NULL;
    int codes = 0, i;
    submit(SLOW);
    submit(QUICK);
    while (inspect_number(client, "/unread") < 1) check_pause();
    CHECK(captask_cancel(client, cancelled) == 1);
    CHECK(captask_stop(client) == 1);
    CHECK(captask_stop(client) == 1);
    CHECK(captask_submit(client, QUICK, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_CLOSED");
    CHECK_TAKE_CODE(captask_solve(client, QUICK), "CAPTASK_CLOSED");
    CHECK(inspect_number(client, "/inFlight") == 0);
    for (i = 0; i < 3; i++) {
        char *ticket, *code;
        answer = captask_receive(client, -1);
        ticket = captask_pick(answer, "/ticket");
        code = captask_pick(answer, "/errorCode");
        CHECK(ticket != NULL);
        if (code != NULL && strcmp(code, "CAPTASK_CLOSED") == 0) codes |= 1;
        else if (code != NULL && strcmp(code, "CAPTASK_CANCELLED") == 0) codes |= 2;
        else if (code == NULL || strcmp(code, "null") == 0) codes |= 4;
        captask_free(code);
        captask_free(ticket);
        captask_free(answer);
    }
    CHECK(codes == 7);
    answer = captask_receive(client, -1);
    CHECK_NULL(captask_pick(answer, "/ticket"));
    CHECK_TAKE_CODE(answer, "CAPTASK_CLOSED");
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CLOSED");
}

static void a_full_queue_says_so(void) {
    int32_t sandbox, narrow = open_pair("{}", ",\"maxInFlight\":1", &sandbox);
    char *error = NULL;
    CHECK(captask_submit(narrow, SLOW, NULL) > 0);
    CHECK(captask_submit(narrow, SLOW, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_QUEUE_FULL");
    CHECK(captask_close(narrow) == 1);
    CHECK(captask_close(sandbox) == 1);
}

int main(void) {
    int32_t sandbox;
    CHECK_BEGIN();
    client = open_pair("{\"solveMs\":0,\"solveMsByType\":{\"TurnstileTask\":3600000}}", "", &sandbox);
    RUN(solve_gives_the_whole_answer);
    RUN(wait_reads_an_answer_once);
    RUN(nothing_yet_is_null);
    RUN(receive_gives_each_answer_to_one);
    RUN(a_second_waiter_is_refused_and_receive_is_not_given_it);
    RUN(a_task_that_was_bought_is_adopted);
    RUN(a_deadline_ends_as_timeout_with_the_task);
    RUN(the_codes_of_the_service_pass_through);
    RUN(the_methods_answer);
    RUN(the_user_agent_is_told);
    RUN(a_full_queue_says_so);
    RUN(after_stop_what_is_there_is_read_and_then_it_is_closed);
    CHECK(captask_close(client) == 1);
    CHECK(captask_close(sandbox) == 1);
    return CHECK_END();
}

/* What the service says comes through byte for byte, and what the caller sends goes out byte for byte. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "server.h"

/* Members nobody knows, out of order, numbers that no double holds, text in and out of escapes, nothing in nothing. */
#define ODD "{\"zeta\":12345678901234567890,\"alpha\":0.10,\"e\":\"\xc3\xa9\\u00e9\\/\",\"n\":{\"a\":[null,{\"b\":null}]}," \
            "\"exp\":1.50E+3,\"minus\":-0,\"space\":[ 1 ,2 ]}"
#define CREATED "{\"errorId\":0,\"taskId\":12345678901234567890}"
#define READY "{\"unknown\":" ODD ",\"errorId\":0,\"status\":\"ready\",\"errorCode\":null,\"solution\":" ODD ",\"cost\":\"0.00060\"}"
#define FAILED "{\"errorDescription\":\"caf\xc3\xa9\",\"odd\":" ODD ",\"errorId\":1,\"errorCode\":\"ERROR_OF_TOMORROW\"}"

enum { MEGABYTE = 1 << 20 };

static struct server server;
static int32_t client;
static const char *create_answer = CREATED, *result_answer = READY;

static const char *answer(const char *method) {
    if (strcmp(method, "createTask") == 0) return create_answer;
    if (strcmp(method, "getTaskResult") == 0) return result_answer;
    if (strcmp(method, "getBalance") == 0) return "{\"balance\":0.10,\"errorId\":0,\"x\":" ODD "}";
    return FAILED;
}

static void single_calls_are_untouched(void) {
    CHECK_TAKE_TEXT(captask_get_balance(client), "{\"balance\":0.10,\"errorId\":0,\"x\":" ODD "}");
    CHECK_TAKE_TEXT(captask_create_task(client, "{" TASK "}"), CREATED);
    CHECK_TAKE_TEXT(captask_get_task_result(client, "{\"taskId\":12345678901234567890}"), READY);
    CHECK_TAKE_TEXT(captask_call(client, "getTaskResult", "{\"taskId\":\"a\"}"), READY);
}

static void errors_keep_their_members_and_gain_ours(void) {
    char *failed = captask_call(client, "methodOfTomorrow", "{}");
    /* All but the last brace stands as it was sent. */
    CHECK(failed != NULL && strncmp(failed, FAILED, strlen(FAILED) - 1) == 0);
    CHECK_PICK(failed, "/odd", ODD);
    CHECK_PICK(failed, "/httpStatus", "200");
    CHECK_TAKE_CODE(failed, "ERROR_OF_TOMORROW");
}

static void solve_keeps_every_byte_of_the_members(void) {
    char *solved = captask_solve(client, "{" TASK ",\"options\":{\"firstPollMs\":1},\"extra\":" ODD "}");
    CHECK_PICK(solved, "/solution", ODD);
    CHECK_PICK(solved, "/unknown", ODD);
    CHECK_PICK(solved, "/extra", ODD);
    CHECK_PICK(solved, "/taskId", "12345678901234567890");
    CHECK_PICK(solved, "/cost", "0.00060");
    CHECK_PICK(solved, "/meta/polls", "1");
    CHECK(solved != NULL && strncmp(solved, READY, strlen(READY) - 1) == 0);
    captask_free(solved);
}

static void members_that_the_service_sends_stay_its_own(void) {
    char *solved;
    result_answer = "{\"errorId\":0,\"status\":\"ready\",\"solution\":{},\"taskId\":\"theirs\",\"extra\":1,\"ticket\":2,\"meta\":3}";
    solved = captask_solve(client, "{" TASK ",\"options\":{\"firstPollMs\":1},\"extra\":\"ours\"}");
    CHECK_PICK(solved, "/taskId", "theirs");
    CHECK_PICK(solved, "/extra", "1");
    CHECK_PICK(solved, "/ticket", "2");
    CHECK_PICK(solved, "/meta", "3");
    CHECK_PICK(solved, "/captask/taskId", "12345678901234567890");
    CHECK_PICK(solved, "/captask/extra", "ours");
    CHECK_PICK(solved, "/captask/meta/polls", "1");
    CHECK_TAKE_CODE(solved, NULL);
    result_answer = READY;
}

static void a_solution_of_a_megabyte_comes_whole(void) {
    static char answer_text[MEGABYTE + 256], token[MEGABYTE + 1];
    char *solved, *picked;
    size_t i;
    for (i = 0; i < MEGABYTE; i++) token[i] = (char)('a' + i % 26);
    snprintf(answer_text, sizeof answer_text, "{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"token\":\"%s\"}}", token);
    result_answer = answer_text;
    CHECK_TAKE_TEXT(captask_get_task_result(client, "{\"taskId\":1}"), answer_text);
    solved = captask_solve(client, "{\"taskId\":1}");
    picked = captask_pick(solved, "/solution/token");
    CHECK(picked != NULL && strcmp(picked, token) == 0);
    captask_free(picked);
    captask_free(solved);
    result_answer = READY;
}

static void a_task_that_is_ready_at_once_is_not_polled(void) {
    char *solved;
    long polls = inspect_number(client, "/polls");
    create_answer = "{\"errorId\":0,\"taskId\":\"6f0b\",\"status\":\"ready\",\"solution\":" ODD "}";
    solved = captask_solve(client, "{" TASK "}");
    CHECK_PICK(solved, "/solution", ODD);
    CHECK_PICK(solved, "/taskId", "6f0b");
    CHECK_TAKE_CODE(solved, NULL);
    CHECK(inspect_number(client, "/polls") == polls);
    create_answer = CREATED;
}

static void requests_go_out_as_they_came(void) {
    static const char task[] = "{ \"type\" : \"TypeOfTomorrow\",\"odd\":" ODD ",\"last\":\"\\u0041\"}";
    char request[2048];
    snprintf(request, sizeof request, "{\"zeta\":1.0,\"extra\":\"stays here\",\"task\":%s,\"options\":{\"firstPollMs\":1},\"softId\":7}", task);
    captask_free(captask_solve(client, request));
    pthread_mutex_lock(&server.lock);
    CHECK(strstr(server.created, task) != NULL);
    CHECK(strstr(server.created, "\"zeta\":1.0") != NULL);
    CHECK(strstr(server.created, "\"softId\":7") != NULL);
    CHECK(strstr(server.created, "\"clientKey\":\"k\"") != NULL);
    CHECK(strstr(server.created, "stays here") == NULL);
    CHECK(strstr(server.created, "options") == NULL);
    pthread_mutex_unlock(&server.lock);
}

int main(void) {
    char config[256];
    CHECK_BEGIN();
    if (!server_start(&server, answer)) return 2;
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"http://127.0.0.1:%d\"}", server.port);
    client = open_client(config);
    RUN(single_calls_are_untouched);
    RUN(errors_keep_their_members_and_gain_ours);
    RUN(solve_keeps_every_byte_of_the_members);
    RUN(members_that_the_service_sends_stay_its_own);
    RUN(a_solution_of_a_megabyte_comes_whole);
    RUN(a_task_that_is_ready_at_once_is_not_polled);
    RUN(requests_go_out_as_they_came);
    CHECK(captask_close(client) == 1);
    server_stop(&server);
    return CHECK_END();
}

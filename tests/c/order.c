/* What is wrong is told in the documented order: handle, text, JSON, request. (Forked comes first: fork.c.) */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#define NO_HANDLE 2147483647

static void the_handle_comes_before_the_text(void) {
    char *error = NULL;
    CHECK_TAKE_CODE(captask_create_task(NO_HANDLE, NULL), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_get_task_result(NO_HANDLE, "\xff"), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_report_incorrect(NO_HANDLE, "{"), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_call(NO_HANDLE, NULL, NULL), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_solve(NO_HANDLE, NULL), "CAPTASK_UNKNOWN_HANDLE");
    CHECK(captask_submit(NO_HANDLE, "\xff", &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_wait(NO_HANDLE, -1, -2), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_receive(NO_HANDLE, -2), "CAPTASK_UNKNOWN_HANDLE");
    CHECK_TAKE_CODE(captask_receive_ticket(NO_HANDLE, -2, NULL), "CAPTASK_UNKNOWN_HANDLE");
}

static void every_text_comes_before_json(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    CHECK_TAKE_CODE(captask_call(client, "getBalance", "{\"a\":\xff"), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_call(client, "\xff", "{"), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_call(client, "a/b", "{"), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_solve(client, "{\"task\":\xff"), "CAPTASK_INVALID_ARGUMENT");
    captask_close(client);
}

static void json_comes_before_the_request(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    CHECK_TAKE_CODE(captask_solve(client, "{\"task\":7"), "CAPTASK_INVALID_JSON");
    CHECK_TAKE_CODE(captask_check("{\"task\":7,\"taskId\":0"), "CAPTASK_INVALID_JSON");
    CHECK_TAKE_CODE(captask_report_incorrect(client, "{\"type\":7"), "CAPTASK_INVALID_JSON");
    captask_close(client);
}

static void the_request_comes_before_the_task_and_the_task_before_the_state(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\",\"validate\":\"strict\"}");
    CHECK_TAKE_CODE(captask_solve(client, "{\"task\":{\"type\":\"RecaptchaV2Task\"},\"options\":{\"x\":1}}"),
                    "CAPTASK_INVALID_REQUEST");
    CHECK(captask_stop(client) == 1);
    CHECK_TAKE_CODE(captask_solve(client, "{"), "CAPTASK_INVALID_JSON");
    CHECK_TAKE_CODE(captask_solve(client, "{}"), "CAPTASK_INVALID_REQUEST");
    CHECK_TAKE_CODE(captask_solve(client, "{\"task\":{\"type\":\"RecaptchaV2Task\"}}"), "CAPTASK_INVALID_TASK");
    CHECK_TAKE_CODE(captask_solve(client, QUICK), "CAPTASK_CLOSED");
    CHECK_TAKE_CODE(captask_receive(client, -2), "CAPTASK_INVALID_ARGUMENT");
    captask_close(client);
}

static void an_error_is_null_after_success(void) {
    char guard_text[] = "not the library's";
    char *error = guard_text;
    int32_t client = captask_open("{\"endpoint\":\"sandbox:\"}", &error);
    CHECK(client > 0);
    CHECK(error == NULL);
    error = guard_text;
    CHECK(captask_submit(client, SLOW, &error) > 0);
    CHECK(error == NULL);
    CHECK(captask_submit(client, SLOW, NULL) > 0);
    captask_close(client);
}

static void numbers_are_never_given_out_twice(void) {
    int32_t first = open_client("{\"endpoint\":\"sandbox:\"}"), second, third;
    captask_close(first);
    second = captask_sandbox_open(NULL, NULL);
    captask_close(second);
    third = open_client("{\"endpoint\":\"sandbox:\"}");
    captask_close(third);
    CHECK(first < second && second < third);
}

int main(void) {
    CHECK_BEGIN();
    RUN(the_handle_comes_before_the_text);
    RUN(every_text_comes_before_json);
    RUN(json_comes_before_the_request);
    RUN(the_request_comes_before_the_task_and_the_task_before_the_state);
    RUN(an_error_is_null_after_success);
    RUN(numbers_are_never_given_out_twice);
    return CHECK_END();
}

/* A panic inside the library is an answer, and the handle is usable after it. Needs a build with panic-probe. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

static int lines;

static void note(int32_t level, const char *line, void *user) {
    (void)user;
    if (level == CAPTASK_LOG_ERROR && strstr(line, "panic") != NULL) lines++;
}

static void a_panic_is_answered_and_logged(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    int i;
    captask_set_log(note, NULL, CAPTASK_LOG_ERROR);
    for (i = 0; i < 100; i++) CHECK_TAKE_CODE(captask_call(client, "captask_panic", "{}"), "CAPTASK_PANIC");
    captask_set_log(NULL, NULL, CAPTASK_LOG_OFF);
    CHECK(lines == 100);
    CHECK_TAKE_CODE(captask_get_balance(client), NULL);
    CHECK_TAKE_CODE(captask_solve(client, QUICK), NULL);
    CHECK(captask_close(client) == 1);
}

int main(void) {
    CHECK_BEGIN();
    RUN(a_panic_is_answered_and_logged);
    return CHECK_END();
}

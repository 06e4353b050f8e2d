/* captask_wake: ends one wait in captask_receive, or the next; answers go first, and after a stop nothing is NULL. */
#define _POSIX_C_SOURCE 200809L
#include "readable.h"

#include <pthread.h>

static int32_t client;

static void *receive_with_ticket(void *ticket) {
    return captask_receive_ticket(client, 3600000, ticket);
}

static pthread_t begin(void *(*body)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, argument) != 0) abort();
    return thread;
}

static char *join(pthread_t thread) {
    void *answer = NULL;
    pthread_join(thread, &answer);
    return answer;
}

/* Has an answer at once. */
static void answer_one(void) {
    CHECK(captask_cancel(client, captask_submit(client, ADOPTED, NULL)) == 1);
}

static void the_next_call_is_woken(void) {
    CHECK(captask_wake(client) == 1);
    CHECK_NULL(captask_receive(client, -1));
    CHECK(captask_wake(client) == 1);
    CHECK_NULL(captask_receive_ticket(client, 3600000, NULL));
}

static void wakes_with_no_call_blocked_are_one(void) {
    struct timespec before, after;
    int i;
    for (i = 0; i < 5; i++) CHECK(captask_wake(client) == 1);
    CHECK_NULL(captask_receive(client, -1));
    /* Were there a second one, it would end this wait before its time. */
    clock_gettime(CLOCK_MONOTONIC, &before);
    CHECK_NULL(captask_receive(client, 100));
    clock_gettime(CLOCK_MONOTONIC, &after);
    CHECK((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 >= 50);
}

static void a_look_does_not_count_as_a_wait(void) {
    CHECK(captask_wake(client) == 1);
    CHECK_NULL(captask_receive(client, 0));
    CHECK_NULL(captask_receive(client, 0));
    CHECK_NULL(captask_receive(client, -1));
}

static void answers_go_first(void) {
    CHECK(captask_wake(client) == 1);
    answer_one();
    answer_one();
    CHECK_TAKE_CODE(captask_receive(client, -1), "CAPTASK_CANCELLED");
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
    CHECK_NULL(captask_receive(client, -1));
}

static void a_blocked_call_returns(void) {
    int64_t ticket = -1;
    pthread_t thread = begin(receive_with_ticket, &ticket);
    CHECK(captask_wake(client) == 1);
    CHECK_NULL(join(thread));
    CHECK(ticket == 0);
}

static long returned; /* threads that were woken */

/* Receives until it is woken; how many answers came before, in `seen`. */
static void *collect(void *seen) {
    char *answer;
    while ((answer = captask_receive(client, -1)) != NULL) {
        __atomic_add_fetch((long *)seen, 1, __ATOMIC_RELAXED);
        CHECK_TAKE_CODE(answer, "CAPTASK_CANCELLED");
    }
    __atomic_add_fetch(&returned, 1, __ATOMIC_RELEASE);
    return NULL;
}

/* Wakes one, and waits until it has returned. */
static void wake_one(void) {
    long before = __atomic_load_n(&returned, __ATOMIC_ACQUIRE);
    CHECK(captask_wake(client) == 1);
    while (__atomic_load_n(&returned, __ATOMIC_ACQUIRE) == before) check_pause();
    CHECK(__atomic_load_n(&returned, __ATOMIC_ACQUIRE) == before + 1);
}

static void each_wake_ends_one_wait(void) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    long seen = 0;
    int i;
    for (i = 0; i < THREADS; i++) threads[i] = begin(collect, &seen);
    for (i = 0; i < THREADS; i++) wake_one();
    for (i = 0; i < THREADS; i++) CHECK_NULL(join(threads[i]));
    CHECK(seen == 0);
}

/* Answers and wakes at once: every answer is read, and every thread comes home. */
static void nothing_is_lost_between_wakes(void) {
    enum { THREADS = 3, ROUNDS = 100, ANSWERS = 10 };
    long seen = 0;
    int round, i;
    for (round = 0; round < ROUNDS; round++) {
        pthread_t threads[THREADS];
        char *answer;
        for (i = 0; i < THREADS; i++) threads[i] = begin(collect, &seen);
        for (i = 0; i < ANSWERS; i++) answer_one();
        for (i = 0; i < THREADS; i++) wake_one();
        for (i = 0; i < THREADS; i++) CHECK_NULL(join(threads[i]));
        /* Those that came when nobody was there any more. */
        while ((answer = captask_receive(client, 0)) != NULL) {
            seen++;
            captask_free(answer);
        }
    }
    CHECK(seen == (long)ROUNDS * ANSWERS);
}

static void after_a_stop_nothing_is_null(void) {
    CHECK(captask_wake(client) == 1);
    CHECK(captask_stop(client) == 1);
    CHECK(captask_wake(client) == 1);
    CHECK_TAKE_CODE(captask_receive(client, -1), "CAPTASK_CLOSED");
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CLOSED");
}

static void what_is_no_client_is_not_woken(void) {
    int32_t sandbox = captask_sandbox_open(NULL, NULL);
    CHECK(captask_close(client) == 1);
    CHECK(captask_wake(client) == 0);
    CHECK(captask_wake(sandbox) == 0);
    CHECK(captask_wake(0) == 0);
    CHECK(captask_wake(-1) == 0);
    captask_close(sandbox);
}

int main(void) {
    CHECK_BEGIN();
    client = open_client("{\"endpoint\":\"sandbox:\"}");
    RUN(the_next_call_is_woken);
    RUN(wakes_with_no_call_blocked_are_one);
    RUN(a_look_does_not_count_as_a_wait);
    RUN(answers_go_first);
    RUN(a_blocked_call_returns);
    RUN(each_wake_ends_one_wait);
    RUN(nothing_is_lost_between_wakes);
    RUN(after_a_stop_nothing_is_null);
    RUN(what_is_no_client_is_not_woken);
    return CHECK_END();
}

/* captask_fd: readable exactly while captask_receive has something to give, and after a stop. */
#define _POSIX_C_SOURCE 200809L
#include "readable.h"

#include <pthread.h>
#include <sched.h>

/* Answers that go through the descriptor of one client; fewer under valgrind. */
static long answers = 100000;

static int64_t submit(int32_t client, const char *request) {
    char *error = NULL;
    int64_t ticket = captask_submit(client, request, &error);
    if (ticket <= 0) check_fail(__FILE__, __LINE__, "a ticket", error);
    captask_free(error);
    return ticket;
}

/* Has an answer at once. */
static int64_t answered(int32_t client) {
    int64_t ticket = submit(client, ADOPTED);
    CHECK(captask_cancel(client, ticket) == 1);
    return ticket;
}

static void it_is_the_same_at_each_call(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}"), other = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    char *error = (char *)"not null";
    CHECK(descriptor_of(client) == fd);
    CHECK(descriptor_of(other) != fd);
    CHECK(captask_fd(client, &error) == (int64_t)fd);
    CHECK(error == NULL);
    CHECK(captask_fd(client, NULL) == (int64_t)fd);
    captask_close(other);
    captask_close(client);
    CHECK(captask_fd(client, NULL) == 0);
    CHECK(captask_fd(client, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_UNKNOWN_HANDLE");
}

static void it_says_what_receive_would_find(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    int64_t first, second, waited;
    CHECK_READABLE(fd, 0);
    CHECK_NULL(captask_receive(client, 0));
    first = answered(client);
    second = answered(client);
    waited = answered(client);
    CHECK_READABLE(fd, 1);
    CHECK_TAKE_CODE(captask_wait(client, waited, 0), "CAPTASK_CANCELLED");
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
    CHECK_READABLE(fd, 1);
    /* captask_wait takes the last one away. */
    CHECK_TAKE_CODE(captask_wait(client, second, 0), "CAPTASK_CANCELLED");
    CHECK_READABLE(fd, 0);
    CHECK_NULL(captask_receive(client, 0));
    CHECK(first > 0);
    /* A real answer, and one inside solve. */
    CHECK_TAKE_CODE(captask_solve(client, QUICK), NULL);
    CHECK_READABLE(fd, 0);
    submit(client, QUICK);
    CHECK_READABLE(fd, 1);
    CHECK_TAKE_CODE(captask_receive(client, 0), NULL);
    CHECK_READABLE(fd, 0);
    CHECK(captask_wake(client) == 1);
    CHECK_READABLE(fd, 0);
    captask_close(client);
}

static void it_knows_what_was_there_before_it(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}"), stopped = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd;
    answered(client);
    fd = descriptor_of(client);
    CHECK_READABLE(fd, 1);
    CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
    CHECK_READABLE(fd, 0);
    captask_close(client);
    captask_stop(stopped);
    CHECK_READABLE(descriptor_of(stopped), 1);
    captask_close(stopped);
}

static void it_stays_readable_after_a_stop(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    int i;
    submit(client, ADOPTED);
    submit(client, ADOPTED);
    CHECK_READABLE(fd, 0);
    CHECK(captask_stop(client) == 1);
    CHECK_READABLE(fd, 1);
    for (i = 0; i < 4; i++) {
        int64_t ticket = -1;
        CHECK_TAKE_CODE(captask_receive_ticket(client, 0, &ticket), "CAPTASK_CLOSED");
        /* Two tickets, and then the call itself. */
        CHECK((ticket > 0) == (i < 2));
        CHECK(ticket >= 0);
        CHECK_READABLE(fd, 1);
    }
    captask_close(client);
}

static void a_ticket_comes_beside_its_answer(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    int64_t ticket = -1, submitted = answered(client);
    char *answer;
    CHECK_TAKE_CODE(captask_receive_ticket(client, 0, &ticket), "CAPTASK_CANCELLED");
    CHECK(ticket == submitted);
    CHECK_NULL(captask_receive_ticket(client, 0, &ticket));
    CHECK(ticket == 0);
    ticket = -1;
    CHECK_TAKE_CODE(captask_receive_ticket(client, -2, &ticket), "CAPTASK_INVALID_ARGUMENT");
    CHECK(ticket == 0);
    submitted = submit(client, QUICK);
    answer = captask_receive_ticket(client, -1, &ticket);
    CHECK(ticket == submitted);
    CHECK_TAKE_CODE(answer, NULL);
    /* Who does not want to know may pass NULL. */
    answered(client);
    CHECK_TAKE_CODE(captask_receive_ticket(client, -1, NULL), "CAPTASK_CANCELLED");
    captask_close(client);
    ticket = -1;
    CHECK_TAKE_CODE(captask_receive_ticket(client, 0, &ticket), "CAPTASK_UNKNOWN_HANDLE");
    CHECK(ticket == 0);
    CHECK_TAKE_CODE(captask_receive_ticket(client, 0, NULL), "CAPTASK_UNKNOWN_HANDLE");
}

struct producer {
    int32_t client;
    long count;
    int64_t sum;
};

enum { PRODUCERS = 2, AHEAD = 3 };

static long produced, consumed;

/* Never far ahead of the consumer, so that the descriptor changes often. */
static void *produce(void *argument) {
    struct producer *producer = argument;
    long i;
    for (i = 0; i < producer->count; i++) {
        long number = __atomic_add_fetch(&produced, 1, __ATOMIC_RELAXED);
        while (number > __atomic_load_n(&consumed, __ATOMIC_RELAXED) + AHEAD) sched_yield();
        producer->sum += answered(producer->client);
    }
    return NULL;
}

/* One consumer, who never waits in captask_receive: no answer is late, and nothing is said in vain. */
static void no_wake_up_is_lost_and_none_is_in_vain(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    struct producer producers[PRODUCERS];
    pthread_t threads[PRODUCERS];
    long seen = 0, looks = 0, vain = 0, lost = 0;
    int64_t sum = 0;
    int i;
    for (i = 0; i < PRODUCERS; i++) {
        producers[i].client = client;
        producers[i].count = answers / PRODUCERS;
        producers[i].sum = 0;
        if (pthread_create(&threads[i], NULL, produce, &producers[i]) != 0) abort();
    }
    while (seen < answers / PRODUCERS * PRODUCERS) {
        long before = seen;
        char *answer;
        int64_t ticket;
        if (!readable_by_poll(fd, 60000)) {
            lost++;
            break;
        }
        looks++;
        while ((answer = captask_receive_ticket(client, 0, &ticket)) != NULL) {
            sum += ticket;
            __atomic_store_n(&consumed, ++seen, __ATOMIC_RELAXED);
            captask_free(answer);
        }
        vain += seen == before;
    }
    for (i = 0; i < PRODUCERS; i++) {
        pthread_join(threads[i], NULL);
        sum -= producers[i].sum;
    }
    CHECK(lost == 0);
    CHECK(sum == 0);
#ifndef _WIN32
    CHECK(vain == 0);
#endif
    CHECK_READABLE(fd, 0);
    printf("   %ld answers, %ld times readable, %ld in vain\n", seen, looks, vain);
    captask_close(client);
}

/* Real answers, and callers that take theirs elsewhere in between. */
static void *solve_some(void *client) {
    int i;
    for (i = 0; i < 5; i++) CHECK_TAKE_CODE(captask_solve(*(int32_t *)client, QUICK), NULL);
    return NULL;
}

static void answers_of_solve_and_wait_are_not_told(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    pthread_t thread;
    int i, seen = 0;
    if (pthread_create(&thread, NULL, solve_some, &client) != 0) abort();
    for (i = 0; i < 50; i++) submit(client, QUICK);
    while (seen < 50) {
        char *answer;
        CHECK(readable_by_select(fd, 60000));
        answer = captask_receive(client, 0);
        CHECK(answer != NULL);
        CHECK_TAKE_CODE(answer, NULL);
        seen++;
    }
    pthread_join(thread, NULL);
    CHECK_READABLE(fd, 0);
    captask_close(client);
}

static void *ask_for_it(void *client) {
    return (void *)(size_t)captask_fd(*(int32_t *)client, NULL);
}

static void many_threads_ask_for_it_at_once(void) {
    int round;
    for (round = 0; round < 20; round++) {
        int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
        pthread_t threads[4];
        void *first = NULL, *other;
        int i;
        for (i = 0; i < 4; i++) {
            if (pthread_create(&threads[i], NULL, ask_for_it, &client) != 0) abort();
        }
        for (i = 0; i < 4; i++) {
            pthread_join(threads[i], &other);
            if (i == 0) first = other;
            CHECK(other == first && other != NULL);
        }
        captask_close(client);
    }
}

#ifdef __linux__
/* Loops that are told of changes alone. */
static void epoll_tells_of_each_change(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    struct epoll_event event;
    int round, set = epoll_create1(0);
    event.events = EPOLLIN | EPOLLET;
    event.data.fd = fd;
    CHECK(epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) == 0);
    for (round = 0; round < 100; round++) {
        answered(client);
        answered(client);
        CHECK(epoll_wait(set, &event, 1, 10000) == 1);
        CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
        CHECK_TAKE_CODE(captask_receive(client, 0), "CAPTASK_CANCELLED");
        CHECK_NULL(captask_receive(client, 0));
        CHECK(epoll_wait(set, &event, 1, 0) == 0);
    }
    close(set);
    captask_close(client);
}
#endif

#ifndef _WIN32
#include <fcntl.h>
#include <sys/resource.h>

static void it_is_closed_with_the_client_and_in_other_programs(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    descriptor fd = descriptor_of(client);
    int flags = fcntl(fd, F_GETFD);
    CHECK(flags >= 0 && (flags & FD_CLOEXEC) != 0);
    CHECK((fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
    captask_close(client);
    CHECK(fcntl(fd, F_GETFD) < 0);
}

static void it_takes_no_place_of_a_standard_stream(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    int in = dup(STDIN_FILENO);
    close(STDIN_FILENO);
    CHECK(descriptor_of(client) > 2);
    CHECK(fcntl(STDIN_FILENO, F_GETFD) < 0);
    dup2(in, STDIN_FILENO);
    close(in);
    captask_close(client);
}

static void a_process_without_descriptors_is_told_so(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\"}");
    struct rlimit before, none;
    char *error = NULL, *description;
    getrlimit(RLIMIT_NOFILE, &before);
    none = before;
    none.rlim_cur = 3;
    setrlimit(RLIMIT_NOFILE, &none);
    CHECK(captask_fd(client, &error) == 0);
    CHECK(captask_fd(client, NULL) == 0);
    setrlimit(RLIMIT_NOFILE, &before);
    description = captask_pick(error, "/errorDescription");
    CHECK(description != NULL && strstr(description, "descriptor") != NULL);
    captask_free(description);
    CHECK_TAKE_CODE(error, "CAPTASK_QUEUE_FULL");
    /* All else goes on, and it can be had later. */
    CHECK_TAKE_CODE(captask_solve(client, QUICK), NULL);
    CHECK_READABLE(descriptor_of(client), 0);
    captask_close(client);
}
#endif

int main(void) {
    const char *few = getenv("CHECK_ANSWERS");
    CHECK_BEGIN();
    if (few != NULL) answers = atol(few);
    RUN(it_is_the_same_at_each_call);
    RUN(it_says_what_receive_would_find);
    RUN(it_knows_what_was_there_before_it);
    RUN(it_stays_readable_after_a_stop);
    RUN(a_ticket_comes_beside_its_answer);
    RUN(no_wake_up_is_lost_and_none_is_in_vain);
    RUN(answers_of_solve_and_wait_are_not_told);
    RUN(many_threads_ask_for_it_at_once);
#ifdef __linux__
    RUN(epoll_tells_of_each_change);
#endif
#ifndef _WIN32
    RUN(it_is_closed_with_the_client_and_in_other_programs);
    RUN(it_takes_no_place_of_a_standard_stream);
    RUN(a_process_without_descriptors_is_told_so);
#endif
    return CHECK_END();
}

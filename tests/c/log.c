/* The log sink: set, replaced while threads log, replaced from within, silent about secrets. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <pthread.h>

/* The key of these tests, which no line may hold. */
#define KEY "very-secret-key"

struct seen {
    pthread_mutex_t lock;
    long lines;
    int retired; /* set once captask_set_log returned: from then on a line is a fault */
    int late, loud, leaked;
    int32_t most;
};

#define SEEN {PTHREAD_MUTEX_INITIALIZER, 0, 0, 0, 0, 0, CAPTASK_LOG_TRACE}

static void note(int32_t level, const char *line, void *user) {
    struct seen *seen = user;
    pthread_mutex_lock(&seen->lock);
    seen->lines++;
    seen->late += seen->retired;
    seen->loud += level > seen->most || level < CAPTASK_LOG_ERROR;
    seen->leaked += strstr(line, KEY) != NULL;
    pthread_mutex_unlock(&seen->lock);
}

static void retire(struct seen *seen) {
    pthread_mutex_lock(&seen->lock);
    seen->retired = 1;
    pthread_mutex_unlock(&seen->lock);
}

static void work_once(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\",\"clientKey\":\"" KEY "\"}");
    CHECK_TAKE_CODE(captask_solve(client, QUICK), NULL);
    CHECK(captask_close(client) == 1);
}

static void lines_come_with_their_level_and_without_the_key(void) {
    static struct seen trace = SEEN, info = SEEN, off = SEEN;
    captask_set_log(note, &trace, CAPTASK_LOG_TRACE);
    work_once();
    info.most = CAPTASK_LOG_INFO;
    captask_set_log(note, &info, CAPTASK_LOG_INFO);
    work_once();
    captask_set_log(note, &off, CAPTASK_LOG_OFF);
    work_once();
    captask_set_log(NULL, NULL, CAPTASK_LOG_TRACE);
    CHECK(trace.lines > info.lines && info.lines > 0);
    CHECK(off.lines == 0);
    CHECK(trace.loud == 0 && info.loud == 0);
    CHECK(trace.leaked == 0 && info.leaked == 0);
}

static void *work(void *unused) {
    int i;
    (void)unused;
    for (i = 0; i < 5; i++) work_once();
    return NULL;
}

static void a_sink_is_replaced_while_threads_log(void) {
    static struct seen sinks[50];
    pthread_t threads[3];
    size_t i;
    for (i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (i = 0; i < sizeof sinks / sizeof *sinks; i++) {
        struct seen fresh = SEEN;
        sinks[i] = fresh;
        captask_set_log(note, &sinks[i], CAPTASK_LOG_TRACE);
        check_pause();
        if (i > 0) retire(&sinks[i - 1]);
    }
    captask_set_log(NULL, NULL, CAPTASK_LOG_OFF);
    retire(&sinks[sizeof sinks / sizeof *sinks - 1]);
    for (i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    for (i = 0; i < sizeof sinks / sizeof *sinks; i++) CHECK(sinks[i].late == 0);
}

static struct seen second = SEEN;
static int calls_of_the_first;

/* Asks the library something and hands over to another sink, all from inside. */
static void replaces_itself(int32_t level, const char *line, void *user) {
    (void)level;
    (void)line;
    (void)user;
    calls_of_the_first++;
    captask_free(captask_quote("inside"));
    CHECK_TAKE_CODE(captask_inspect(-1), "CAPTASK_UNKNOWN_HANDLE");
    captask_set_log(note, &second, CAPTASK_LOG_TRACE);
}

static void a_sink_is_replaced_from_within(void) {
    captask_set_log(replaces_itself, NULL, CAPTASK_LOG_TRACE);
    work_once();
    captask_set_log(NULL, NULL, CAPTASK_LOG_OFF);
    CHECK(calls_of_the_first == 1);
    CHECK(second.lines > 0);
}

int main(void) {
    CHECK_BEGIN();
    RUN(lines_come_with_their_level_and_without_the_key);
    RUN(a_sink_is_replaced_while_threads_log);
    RUN(a_sink_is_replaced_from_within);
    return CHECK_END();
}

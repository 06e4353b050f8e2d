/*
 * Limits that hold at size: captask_limits stop|cancel|free|balance URL COUNT
 *
 * stop     COUNT tasks in flight and eight callers blocked in captask_wait and captask_receive: how long after
 *          captask_stop the last of them is back. close does the same for captask_close.
 * cancel   COUNT tasks in order under a guard.
 * free     captask_free with COUNT answers held, and with a fortieth of that.
 * balance  captask_get_balance beside COUNT tasks in flight, a thousand times.
 */

#include "open.h"
#include <pthread.h>
#include <unistd.h>

#define CALLERS 8
#define SAMPLES 1000

static int32_t client;
static atomic_int blocked, back;
static double last_back;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int64_t submit(const char *options) {
    char request[512], *error = NULL;
    snprintf(request, sizeof request, "{\"task\":" TASK ",\"options\":{%s}}", options);
    int64_t ticket = captask_submit(client, request, &error);
    if (ticket == 0) die("captask_submit", error);
    return ticket;
}

static void *caller(void *argument) {
    int64_t ticket = *(int64_t *)argument;
    atomic_fetch_add(&blocked, 1);
    char *answer = ticket == 0 ? captask_receive(client, -1) : captask_wait(client, ticket, -1);
    double time = now();
    if (answer == NULL || strstr(answer, "CAPTASK_CLOSED") == NULL) die("a blocked caller", answer ? answer : "NULL");
    captask_free(answer);
    pthread_mutex_lock(&lock);
    if (time > last_back) last_back = time;
    pthread_mutex_unlock(&lock);
    atomic_fetch_add(&back, 1);
    return NULL;
}

static void end_with(long count, int closes) {
    int64_t tickets[CALLERS] = {0};
    for (long i = 0; i < count; i++) {
        int64_t ticket = submit("\"firstPollMs\":3600000,\"timeoutMs\":7200000");
        if (i < CALLERS / 2) tickets[i] = ticket;
    }
    pthread_t threads[CALLERS];
    for (int i = 0; i < CALLERS; i++)
        if (pthread_create(&threads[i], NULL, caller, &tickets[i]) != 0) die("thread", "none");
    while (atomic_load(&blocked) < CALLERS) usleep(1000);
    usleep(100000);
    long flying = inspect(client, "/inFlight");
    double start = now();
    if (closes) captask_close(client);
    else captask_stop(client);
    double called = now() - start;
    for (int i = 0; i < CALLERS; i++) pthread_join(threads[i], NULL);
    printf("{\"in_flight\":%ld,\"call_ms\":%.3f,\"last_back_ms\":%.3f}\n", flying, called * 1e3,
           (last_back - start) * 1e3);
    if (!closes) captask_close(client);
}

static void cancel(const char *url, long count) {
    char config[512], *error = NULL;
    captask_close(client);
    snprintf(config, sizeof config,
             "{\"endpoint\":\"%s\",\"clientKey\":\"" KEY "\",\"maxInFlight\":%ld,\"guard\":{\"tasksPerMinute\":%ld}}", url,
             count, count);
    client = captask_open(config, &error);
    if (client == 0) die("captask_open", error);
    int64_t *tickets = calloc((size_t)count, sizeof *tickets);
    for (long i = 0; i < count; i++) tickets[i] = submit("\"firstPollMs\":3600000,\"timeoutMs\":7200000");
    struct mark start = now_and_cpu();
    for (long i = 0; i < count; i++)
        if (captask_cancel(client, tickets[i]) != 1) die("captask_cancel", "not 1");
    struct mark end = now_and_cpu();
    printf("{\"count\":%ld,\"all_ms\":%.3f,\"cpu_ms\":%.3f}\n", count, (end.wall - start.wall) * 1e3,
           (end.cpu - start.cpu) * 1e3);
    captask_close(client);
    free(tickets);
}

/* Microseconds that one captask_free takes, `held` texts being held. */
static double free_each(long held) {
    static const char request[] = "{\"task\":" TASK "}";
    char **texts = calloc((size_t)held, sizeof *texts);
    for (long i = 0; i < held; i++) texts[i] = captask_check(request);
    double start = now();
    for (long i = 0; i < held; i++) captask_free(texts[i]);
    double each = (now() - start) * 1e6 / (double)held;
    free(texts);
    return each;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void balance(long count) {
    for (long i = 0; i < count; i++) submit("\"firstPollMs\":500,\"pollIntervalMs\":500,\"timeoutMs\":600000");
    while (inspect(client, "/created") < count) usleep(10000);
    static double times[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        double start = now();
        char *answer = captask_get_balance(client);
        times[i] = (now() - start) * 1e3;
        if (strstr(answer, "\"errorId\":0") == NULL) die("getBalance", answer);
        captask_free(answer);
        usleep(2000);
    }
    long flying = inspect(client, "/inFlight");
    qsort(times, SAMPLES, sizeof *times, compare);
    printf("{\"in_flight\":%ld,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"worst_ms\":%.3f}\n", flying, times[SAMPLES / 2],
           times[SAMPLES * 99 / 100], times[SAMPLES - 1]);
    captask_close(client);
}

int main(int argc, char **argv) {
    if (argc < 4) die("usage", "captask_limits stop|close|cancel|free|balance URL COUNT");
    const char *what = argv[1];
    long count = number(argv, argc, 3, 1000);
    client = open_client(argv[2]);
    if (strcmp(what, "free") == 0) {
        double few = free_each(count / 40), many = free_each(count);
        printf("{\"count\":%ld,\"few_us\":%.4f,\"many_us\":%.4f}\n", count, few, many);
    } else if (strcmp(what, "cancel") == 0) {
        cancel(argv[2], count);
    } else if (strcmp(what, "balance") == 0) {
        balance(count);
    } else {
        end_with(count, strcmp(what, "close") == 0);
    }
    return 0;
}

/*
 * What the benchmark programs share: clocks, the process's own costs, and a count of TCP connects.
 *
 * Each program prints one JSON object. Costs are those of the work alone: mark() before it, report() after it. For a
 * server with a certificate of its own, BENCH_ROOTS in the environment is the PEM file of its root.
 */

#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

/* The request of every solve, and how it is polled: once too early, once when it is ready (after 3 s). */
#define TASK "{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com/login\",\"websiteKey\":\"SITE_KEY\"}"
#define KEY "bench-key"
#define FIRST_MS 1000
#define INTERVAL_MS 2500

struct mark {
    double wall, cpu, user;
};

static atomic_long connects;
static long most_threads;

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline struct mark now_and_cpu(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    double user = (double)r.ru_utime.tv_sec + (double)r.ru_utime.tv_usec / 1e6;
    double kernel = (double)r.ru_stime.tv_sec + (double)r.ru_stime.tv_usec / 1e6;
    return (struct mark){now(), user + kernel, user};
}

static inline struct mark mark(void) {
    atomic_store(&connects, 0);
    return now_and_cpu();
}

/* A number of /proc/self/status: VmRSS and VmHWM (in KB), Threads. 0 where there is no /proc. */
static inline long status(const char *name) {
    char line[256];
    long value = 0;
    size_t length = strlen(name);
    FILE *file = fopen("/proc/self/status", "r");
    if (file == NULL) return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, length) == 0 && line[length] == ':') value = atol(line + length + 1);
    fclose(file);
    return value;
}

/* Looks at the threads now; call it while the work runs. */
static inline void look(void) {
    long threads = status("Threads");
    if (threads > most_threads) most_threads = threads;
}

/* The library under test and this program both come here for connect(): TCP connections are counted on the way. */
int connect(int fd, const struct sockaddr *address, socklen_t length) {
    static int (*real)(int, const struct sockaddr *, socklen_t);
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, "connect");
    int type = 0;
    socklen_t size = sizeof type;
    if ((address->sa_family == AF_INET || address->sa_family == AF_INET6) &&
        getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM)
        atomic_fetch_add(&connects, 1);
    return real(fd, address, length);
}

/* `requests`: how many were sent for the `count` pieces of work. */
static inline void report(struct mark from, long count, long requests) {
    struct mark to = now_and_cpu();
    double each = 1e6 / (double)count;
    look();
    printf("{\"count\":%ld,\"wall_s\":%.6f,\"cpu_us\":%.3f,\"user_us\":%.3f,\"peak_kb\":%ld,\"connects\":%ld,"
           "\"threads\":%ld,\"requests\":%ld}\n",
           count, to.wall - from.wall, (to.cpu - from.cpu) * each, (to.user - from.user) * each, status("VmHWM"),
           (long)atomic_load(&connects), most_threads, requests);
}

static inline void die(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static inline long number(char **argv, int argc, int at, long usual) {
    return argc > at ? atol(argv[at]) : usual;
}

#endif

/* Ends the process, a number of times, while clients are open, threads of the library work and others of the program
 * are inside calls: it ends at once, with the status that main returns. usage: leave LIBRARY TIMES */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "captask.h"

#define TASK "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"k\"}"
#define SLOW TASK ",\"options\":{\"firstPollMs\":600000}}"
#define BUSY TASK ",\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":1,\"timeoutMs\":30000}}"

enum { STATUS = 7, SECONDS = 60 };

static int32_t client;
static char *(*solve)(int32_t, const char *);
static char *(*receive)(int32_t, int32_t);

/* The address of a function: C has no conversion from what dlsym returns, memcpy does the same. */
static void find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "%s: %s\n", name, dlerror());
        exit(1);
    }
    memcpy(function, &symbol, sizeof symbol);
}

static void note(int32_t level, const char *line, void *user) {
    (void)level, (void)line, (void)user;
}

static void *in_receive(void *unused) {
    (void)unused;
    return receive(client, -1);
}

static void *in_solve(void *unused) {
    (void)unused;
    for (;;) solve(client, BUSY);
    return NULL;
}

static int leave(const char *path, int round) {
    int32_t (*open)(const char *, char **);
    int64_t (*submit)(int32_t, const char *, char **);
    void (*set_log)(captask_log_sink, void *, int32_t);
    struct timespec pause = {0, 0};
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    char *error = NULL;
    pthread_t threads[2];
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    alarm(SECONDS);
    find(library, "captask_open", &open);
    find(library, "captask_submit", &submit);
    find(library, "captask_solve", &solve);
    find(library, "captask_receive", &receive);
    find(library, "captask_set_log", &set_log);
    set_log(note, NULL, CAPTASK_LOG_TRACE);
    client = open("{\"endpoint\":\"sandbox:\",\"callback\":{\"listen\":\"127.0.0.1:0\",\"publicUrl\":\"http://a.invalid\"}}",
                  &error);
    if (client == 0 || submit(client, SLOW, &error) == 0) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    if (pthread_create(&threads[0], NULL, in_receive, NULL) != 0) return 1;
    if (pthread_create(&threads[1], NULL, in_solve, NULL) != 0) return 1;
    /* Each time somewhere else in the middle of things. */
    pause.tv_nsec = round * 700000L;
    nanosleep(&pause, NULL);
    return STATUS;
}

int main(int argc, char **argv) {
    int times = argc > 2 ? atoi(argv[2]) : 0, round;
    for (round = 0; round < times; round++) {
        int status = -1;
        pid_t child = fork();
        /* The library is loaded in the child alone. */
        if (child == 0) return leave(argv[1], round);
        if (child < 0 || waitpid(child, &status, 0) != child) return 1;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != STATUS) {
            fprintf(stderr, "round %d: exit status %d, signal %d\n", round, WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                    WIFSIGNALED(status) ? WTERMSIG(status) : 0);
            return 1;
        }
    }
    return times > 0 ? 0 : 2;
}

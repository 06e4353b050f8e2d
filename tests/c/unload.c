/*
 * The library is loaded at run time and unloaded while threads of it still work: its code stays, nothing crashes.
 * Usage: unload LIBRARY. This program is not linked with the library.
 */
#define _POSIX_C_SOURCE 200809L
#include "captask.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef int32_t (*open_function)(const char *, char **);
typedef int64_t (*submit_function)(int32_t, const char *, char **);
typedef char *(*solve_function)(int32_t, const char *);
typedef void (*free_function)(char *);
typedef int32_t (*close_function)(int32_t);

#define TASK "\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"key\"}"
#define REQUEST "{" TASK ",\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":1,\"timeoutMs\":30000}}"

static int32_t client;
static solve_function solve;

/* ISO C has no cast from an object's address to a function's; POSIX promises that the bytes are the same. */
static int find(void *library, const char *name, void *function, size_t size) {
    void *address = dlsym(library, name);
    memcpy(function, &address, size);
    if (address == NULL) printf("not ok %s is there\n", name);
    return address != NULL;
}

#define FIND(name, function) find(library, name, &(function), sizeof(function))

static void *run(void *unused) {
    (void)unused;
    return solve(client, REQUEST);
}

static int load_and_unload(const char *path, int closing) {
    open_function open;
    submit_function submit;
    free_function release;
    close_function close;
    pthread_t thread;
    void *answer = NULL, *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    int good;
    if (library == NULL) {
        printf("not ok loading: %s\n", dlerror());
        return 0;
    }
    if (!FIND("captask_open", open) || !FIND("captask_submit", submit) || !FIND("captask_solve", solve) ||
        !FIND("captask_free", release) || !FIND("captask_close", close)) return 0;
    client = open("{\"endpoint\":\"sandbox:\"}", NULL);
    if (client == 0 || submit(client, REQUEST, NULL) == 0) return 0;
    if (pthread_create(&thread, NULL, run, NULL) != 0) return 0;
    if (dlclose(library) != 0) return 0;
    /* Unloaded, so far as the program knows; one thread is inside a call, others of the library's own are at work. */
    pthread_join(thread, &answer);
    good = answer != NULL && strstr(answer, "\"status\":\"ready\"") != NULL;
    release(answer);
    if (closing) good = good && close(client) == 1;
    return good;
}

int main(int argc, char **argv) {
    int good;
    if (argc != 2) return 2;
    alarm(240);
    good = load_and_unload(argv[1], 1);
    printf("%s unloaded_while_a_thread_works\n", good ? "ok" : "not ok");
    if (!good) return 1;
    /* The second time a client stays open to the end of the process. */
    good = load_and_unload(argv[1], 0);
    printf("%s loaded_again_and_left_open\n", good ? "ok" : "not ok");
    return !good;
}

/* Loads the library, opens, solves and closes, and unloads it, again and again: threads, descriptors and memory return
 * to where they were. usage: cycles LIBRARY COUNT [any-memory]; the last for valgrind, which keeps what is freed */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "captask.h"

static int entries(const char *path) {
    DIR *dir = opendir(path);
    int count = 0;
    if (dir == NULL) return 0;
    while (readdir(dir) != NULL) count++;
    closedir(dir);
    return count;
}

/* Resident memory in KiB; 0 where the system does not tell. */
static long resident(void) {
    char line[256];
    long kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    if (file == NULL) return 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmRSS:", 6) == 0) kib = strtol(line + 6, NULL, 10);
    }
    fclose(file);
    return kib;
}

/* The address of a function: C has no conversion from what dlsym returns, memcpy does the same. */
static void find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "%s: %s\n", name, dlerror());
        exit(1);
    }
    memcpy(function, &symbol, sizeof symbol);
}

static void cycle(const char *path) {
    int32_t (*open_client)(const char *, char **);
    int32_t (*open_sandbox)(const char *, char **);
    char *(*inspect)(int32_t);
    int32_t (*close_handle)(int32_t);
    char *(*solve)(int32_t, const char *);
    char *(*pick)(const char *, const char *);
    void (*release)(char *);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    char *error = NULL, *answer, *token, *url, config[256];
    int32_t client, sandbox;
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    find(library, "captask_open", &open_client);
    find(library, "captask_sandbox_open", &open_sandbox);
    find(library, "captask_inspect", &inspect);
    find(library, "captask_close", &close_handle);
    find(library, "captask_solve", &solve);
    find(library, "captask_pick", &pick);
    find(library, "captask_free", &release);
    sandbox = open_sandbox("{\"solveMs\":0}", &error);
    if (sandbox == 0) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
    answer = inspect(sandbox);
    url = pick(answer, "/url");
    snprintf(config, sizeof config, "{\"endpoint\":\"%s\",\"clientKey\":\"k\"}", url);
    release(url);
    release(answer);
    client = open_client(config, &error);
    if (client == 0) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
    answer = solve(client,
                   "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\","
                   "\"websiteKey\":\"KEY\"},\"options\":{\"firstPollMs\":1,\"pollIntervalMs\":5}}");
    token = pick(answer, "/solution/gRecaptchaResponse");
    if (token == NULL) {
        fprintf(stderr, "%s\n", answer);
        exit(1);
    }
    release(token);
    release(answer);
    if (close_handle(client) != 1 || close_handle(sandbox) != 1) exit(1);
    dlclose(library);
}

int main(int argc, char **argv) {
    int count = argc > 2 ? atoi(argv[2]) : 0, done, threads = 0, descriptors = 0;
    long memory = 0;
    if (count < 10) {
        fprintf(stderr, "usage: %s LIBRARY COUNT (10 or more)\n", argv[0]);
        return 2;
    }
    for (done = 0; done < count; done++) {
        cycle(argv[1]);
        if (done == count / 4) {
            threads = entries("/proc/self/task");
            descriptors = entries("/proc/self/fd");
            memory = resident();
        }
    }
    printf("%d cycles: threads %d, then %d; descriptors %d, then %d; resident KiB %ld, then %ld\n", count, threads,
           entries("/proc/self/task"), descriptors, entries("/proc/self/fd"), memory, resident());
    if (entries("/proc/self/task") != threads || entries("/proc/self/fd") != descriptors) return 1;
    return argc < 4 && resident() > memory + memory / 10 + 2048;
}

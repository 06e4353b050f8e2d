/* Opens captask's client for the benchmarks. */

#ifndef BENCH_OPEN_H
#define BENCH_OPEN_H

#include "captask.h"
#include "common.h"

/* Every default, but room for as many tasks as the benchmarks submit. */
static inline int32_t open_client(const char *url) {
    char config[1024], *error = NULL;
    const char *roots = getenv("BENCH_ROOTS");
    snprintf(config, sizeof config,
             "{\"endpoint\":\"%s\",\"clientKey\":\"" KEY "\",\"maxInFlight\":1000000,\"tls\":{\"roots\":\"%s\"}}", url,
             roots == NULL ? "bundled" : roots);
    int32_t client = captask_open(config, &error);
    if (client == 0) die("captask_open", error);
    return client;
}

/* A number of captask_inspect. */
static inline long inspect(int32_t client, const char *pointer) {
    char *text = captask_inspect(client);
    char *value = captask_pick(text, pointer);
    long number = value == NULL ? -1 : atol(value);
    captask_free(value);
    captask_free(text);
    return number;
}

#endif

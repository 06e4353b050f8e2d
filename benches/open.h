/* Opens captask's client for the benchmarks. */

#ifndef BENCH_OPEN_H
#define BENCH_OPEN_H

#include "captask.h"
#include "common.h"

static inline int32_t open_client(const char *url) {
    char config[1024];
    char *error = NULL;
    const char *roots = getenv("BENCH_ROOTS");
    if (roots == NULL) roots = "bundled";
    snprintf(config, sizeof config, "{\"endpoint\":\"%s\",\"clientKey\":\"" KEY "\",\"tls\":{\"roots\":\"%s\"}}", url, roots);
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

/*
 * What a waiting ticket costs: captask_waiting URL COUNT
 *
 * Submits COUNT tasks whose first poll is an hour away, waits until every one is bought, and prints what the process
 * has grown by for each, above the bytes of its request.
 */

#include "open.h"
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "captask_waiting URL [COUNT]");
    long count = number(argv, argc, 2, 100000);
    static const char request[] =
        "{\"task\":" TASK ",\"options\":{\"firstPollMs\":3600000,\"timeoutMs\":7200000},\"extra\":12345}";
    int32_t client = open_client(argv[1]);
    /* The first call brings in what every client has: threads, connections, the catalogue. */
    captask_free(captask_get_balance(client));
    captask_free(captask_check(request));
    long before = status("VmRSS");
    struct mark start = mark();
    for (long i = 0; i < count; i++) {
        char *error = NULL;
        if (captask_submit(client, request, &error) == 0) die("captask_submit", error);
        if (i % 10000 == 0) look();
    }
    double submitted = now() - start.wall;
    while (inspect(client, "/created") < count) {
        look();
        usleep(20000);
        char *answer = captask_receive(client, 0);
        if (answer != NULL) die("answered too early", answer);
    }
    double per = 1024.0 / (double)count;
    printf("{\"count\":%ld,\"submit_us\":%.3f,\"waiting_bytes\":%.0f,\"peak_bytes\":%.0f,\"request_bytes\":%zu,"
           "\"connects\":%ld,\"threads\":%ld}\n",
           count, submitted * 1e6 / (double)count, (double)(status("VmRSS") - before) * per,
           (double)(status("VmHWM") - before) * per, sizeof request - 1, (long)atomic_load(&connects), most_threads);
    captask_close(client);
    return 0;
}

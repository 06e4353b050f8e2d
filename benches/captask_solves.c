/* Solves, all submitted at once, through captask: captask_solves URL COUNT */

#include "open.h"

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "captask_solves URL [COUNT]");
    long count = number(argv, argc, 2, 2000), ready = 0;
    char request[512];
    snprintf(request, sizeof request, "{\"task\":" TASK ",\"options\":{\"firstPollMs\":%d,\"pollIntervalMs\":%d}}",
             FIRST_MS, INTERVAL_MS);
    int32_t client = open_client(argv[1]);
    struct mark start = mark();
    for (long i = 0; i < count; i++) {
        char *error = NULL;
        if (captask_submit(client, request, &error) == 0) die("captask_submit", error);
    }
    while (ready < count) {
        char *answer = captask_receive(client, 60000);
        if (answer == NULL) die("captask_receive", "no answer within a minute");
        if (strstr(answer, "\"status\":\"ready\"") == NULL) die("captask_receive", answer);
        captask_free(answer);
        if (ready++ % 100 == 0) look();
    }
    report(start, count, inspect(client, "/created") + inspect(client, "/polls"));
    captask_close(client);
    return 0;
}

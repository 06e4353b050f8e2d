/* Calls without a network: captask_offline check|open COUNT */

#include "open.h"

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "captask_offline check|open [COUNT]");
    long count = number(argv, argc, 2, 1000);
    int check = strcmp(argv[1], "check") == 0;
    static const char request[] = "{\"task\":" TASK ",\"options\":{\"timeoutMs\":120000},\"extra\":12345}";
    double first = now();
    if (check) {
        char *answer = captask_check(request);
        if (strstr(answer, "\"errorId\":0") == NULL) die("captask_check", answer);
        captask_free(answer);
    } else {
        captask_close(open_client("http://127.0.0.1:1"));
    }
    first = now() - first;
    struct mark start = mark();
    for (long i = 0; i < count; i++) {
        if (check) {
            captask_free(captask_check(request));
        } else if (captask_close(open_client("http://127.0.0.1:1")) != 1) {
            die("captask_close", "not 1");
        }
    }
    double each = (now() - start.wall) / (double)count;
    printf("{\"count\":%ld,\"first_us\":%.3f,\"each_us\":%.4f,\"connects\":%ld}\n", count, first * 1e6, each * 1e6,
           (long)atomic_load(&connects));
    return 0;
}

/* getBalance, one after another, through captask: captask_calls URL COUNT */

#include "open.h"

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "captask_calls URL [COUNT]");
    long count = number(argv, argc, 2, 2000);
    int32_t client = open_client(argv[1]);
    struct mark start = mark();
    for (long i = 0; i < count; i++) {
        char *answer = captask_get_balance(client);
        if (strstr(answer, "\"errorId\":0") == NULL) die("getBalance", answer);
        captask_free(answer);
    }
    report(start, count, count);
    captask_close(client);
    return 0;
}

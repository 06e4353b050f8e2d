/* A shared object with captask inside; two of them are loaded by one program. NAME is this one's function. */
#include "captask.h"
#include <string.h>

int NAME(void) {
    int32_t client = captask_open("{\"endpoint\":\"sandbox:\"}", NULL);
    char *balance = captask_get_balance(client);
    int fine = client > 0 && strstr(balance, "\"errorId\":0") != NULL;
    captask_free(balance);
    captask_close(client);
    return fine;
}

/* Uses captask and another Rust library, both in the program. */
#include "captask.h"
#include <stdio.h>
#include <string.h>

int other_count(void);

int main(void) {
    char *error = NULL;
    int32_t client = captask_open("{\"endpoint\":\"sandbox:\"}", &error);
    char *balance = captask_get_balance(client);
    int fine = client > 0 && strstr(balance, "\"errorId\":0") != NULL && other_count() == 7;
    printf("%s\n", balance);
    captask_free(balance);
    captask_free(error);
    captask_close(client);
    return fine ? 0 : 1;
}

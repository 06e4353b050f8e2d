/* A fault inside the library is an answer, and the client still works. Built against a library with panic-probe. */

#include <stdio.h>
#include <string.h>

#include <captask.h>

int main(void) {
    int32_t client = captask_open("{\"endpoint\":\"sandbox:\"}", NULL);
    char *caught = captask_call(client, "captask_panic", "{}");
    char *after = captask_get_balance(client);
    int good = strstr(caught, "\"CAPTASK_PANIC\"") != NULL && strstr(after, "\"errorId\":0") != NULL;
    printf("%s\n%s\n", caught, after);
    captask_free(caught);
    captask_free(after);
    captask_close(client);
    return good ? 0 : 1;
}

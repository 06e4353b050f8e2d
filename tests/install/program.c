/* Built against an installed captask in every way that there is. */

#include <stdio.h>
#include <string.h>

#include <captask.h>

int main(void) {
    if (captask_version_num() != CAPTASK_VERSION_NUM || strcmp(captask_version(), CAPTASK_VERSION) != 0) {
        fprintf(stderr, "header %s, library %s\n", CAPTASK_VERSION, captask_version());
        return 1;
    }
    int32_t client = captask_open("{\"endpoint\":\"sandbox:\",\"poll\":{\"firstMs\":5,\"intervalMs\":5}}", NULL);
    char *answer = captask_solve(
        client,
        "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}");
    char *token = captask_pick(answer, "/solution/token");
    printf("%s\n", token != NULL ? "solved" : answer);
    int failed = token == NULL;
    captask_free(token);
    captask_free(answer);
    captask_close(client);
    return failed;
}

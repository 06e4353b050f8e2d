/*
 * A tour of captask: every call that a program needs for its daily work.
 *
 *     demo [IMAGE]            against the stand-in inside the library: no account, no network
 *     demo --live [IMAGE]     against the service, with the key in CAPTASK_CLIENT_KEY; costs a fraction of a cent
 *
 * The texts that the library returns are JSON. captask_pick takes values out of them and captask_quote puts values
 * in, so no JSON library is needed.
 */

#define _POSIX_C_SOURCE 200112L

#include "captask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <io.h>
#define on_terminal() _isatty(1)
#else
#include <unistd.h>
#define on_terminal() isatty(STDOUT_FILENO)
#endif

enum { MAX_IMAGE_BYTES = 50000, LOOK_EVERY_MS = 100 };

/* The page of the two token tasks. Use your own, or one whose owner allows it. */
#define PAGE "https://example.com/login"
#define SITE_KEY "6Lc_example_site_key_of_your_own_page"

/* Joins texts into one; the caller frees it. NULL when memory is short or a part is NULL. */
static char *join(const char *before, const char *middle, const char *after) {
    char *text;
    size_t length;
    if (before == NULL || middle == NULL || after == NULL) return NULL;
    length = strlen(before) + strlen(middle) + strlen(after) + 1;
    text = malloc(length);
    if (text != NULL) snprintf(text, length, "%s%s%s", before, middle, after);
    return text;
}

/* A file in base64, ready for ImageToTextTask; to be released with captask_free. NULL when it cannot be read. */
static char *image_in_base64(const char *path) {
    static unsigned char bytes[MAX_IMAGE_BYTES + 1];
    size_t length;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return NULL;
    }
    length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (length == 0 || length > MAX_IMAGE_BYTES) {
        fprintf(stderr, "%s: the service takes images of 100 to %d bytes\n", path, MAX_IMAGE_BYTES);
        return NULL;
    }
    printf("  %s: %lu bytes\n", path, (unsigned long)length);
    return captask_base64(bytes, length);
}

/* Prints one value of an answer, cut to the width of a line. */
static void show(const char *answer, const char *label, const char *pointer) {
    char *value = captask_pick(answer, pointer);
    if (value != NULL) printf("  %s: %.72s\n", label, value);
    captask_free(value);
}

/* Whether an answer is good. errorId decides, nothing else. */
static int fine(const char *answer) {
    char *id = captask_pick(answer, "/errorId");
    int good = id != NULL && strcmp(id, "0") == 0;
    captask_free(id);
    return good;
}

/* Prints why a call failed: the code is for programs, the description for people. */
static void show_error(const char *answer) {
    show(answer, "errorCode", "/errorCode");
    show(answer, "errorDescription", "/errorDescription");
    show(answer, "would a repetition help", "/retryable");
}

/*
 * Buys a task and waits for its solution, showing that time goes by.
 * captask_solve does the same in one call; submit and wait leave the thread free between looks.
 */
static int solve(int32_t client, const char *request, const char *label, const char *pointer) {
    char *answer = NULL, *error = NULL;
    long waited = 0;
    int good;
    int64_t ticket = captask_submit(client, request, &error);
    if (ticket == 0) {
        show_error(error);
        captask_free(error);
        return 0;
    }
    printf("  ticket %ld\n", (long)ticket);
    while ((answer = captask_wait(client, ticket, LOOK_EVERY_MS)) == NULL) {
        waited += LOOK_EVERY_MS;
        if (on_terminal()) {
            printf("\r  waiting %ld.%ld s ", waited / 1000, waited % 1000 / 100);
            fflush(stdout);
        }
    }
    if (on_terminal() && waited > 0) printf("\r                    \r");
    good = fine(answer);
    if (good) {
        show(answer, "taskId", "/taskId");
        show(answer, label, pointer);
        show(answer, "milliseconds", "/meta/elapsedMs");
        show(answer, "polls", "/meta/polls");
    } else {
        show_error(answer);
    }
    captask_free(answer);
    return good;
}

/* The text in a picture. */
static int solve_image(int32_t client, const char *path) {
    int good = 0;
    char *base64 = image_in_base64(path);
    char *request = join("{\"task\":{\"type\":\"ImageToTextTask\",\"body\":\"", base64, "\"}}");
    if (request != NULL) good = solve(client, request, "text", "/solution/text");
    free(request);
    captask_free(base64);
    return good;
}

/* A token for a page; `type` is RecaptchaV2Task or an older name for it. */
static int solve_token(int32_t client, const char *type) {
    int good = 0;
    char *page = captask_quote(PAGE); /* quotes and escapes whatever stands in it */
    char *head = join("{\"task\":{\"type\":\"", type, "\",\"websiteKey\":\"" SITE_KEY "\",\"websiteURL\":");
    char *request = join(head, page == NULL ? "null" : page, "}}");
    if (request != NULL) good = solve(client, request, "token", "/solution/gRecaptchaResponse");
    free(request);
    free(head);
    captask_free(page);
    return good;
}

static int ask_balance(int32_t client) {
    char *answer = captask_get_balance(client);
    int good = fine(answer);
    if (good) show(answer, "US dollars", "/balance");
    else      show_error(answer);
    captask_free(answer);
    return good;
}

/* A call that must fail: nobody bought a task of this number. */
static int fail_on_purpose(int32_t client) {
    char *answer = captask_get_task_result(client, "{\"taskId\":1}");
    int failed = !fine(answer);
    show_error(answer);
    captask_free(answer);
    return failed;
}

int main(int argc, char **argv) {
    int live = argc > 1 && strcmp(argv[1], "--live") == 0;
    const char *image = argc == 2 + live ? argv[1 + live] : "captcha.png";
    const char *config = live ? "{}" : "{\"endpoint\":\"sandbox:\"}";
    const char *key = getenv("CAPTASK_CLIENT_KEY");
    char *error = NULL;
    int32_t client;
    int good = 1;

    if (argc > 2 + live) {
        fprintf(stderr, "usage: %s [--live] [IMAGE]\n", argv[0]);
        return 2;
    }
    if (live && (key == NULL || *key == '\0')) {
        fprintf(stderr, "--live needs your account's key in CAPTASK_CLIENT_KEY\n");
        return 2;
    }
    printf("captask %s, %s\n\n", captask_version(),
           live ? "talking to the service" : "talking to its own stand-in: the results are made up");

    printf("1. Open a client: captask_open(%s)\n", config);
    client = captask_open(config, &error);
    if (client == 0) {
        show_error(error);
        captask_free(error);
        return 1;
    }
    printf("  handle %ld\n\n", (long)client);

    printf("2. Ask for the balance\n");
    good &= ask_balance(client);

    printf("\n3. Have the text of an image read: ImageToTextTask\n");
    good &= solve_image(client, image);

    printf("\n4. Get a token for a page: RecaptchaV2Task\n");
    good &= solve_token(client, "RecaptchaV2Task");

    printf("\n5. The same by its older name: NoCaptchaTaskProxyless\n");
    good &= solve_token(client, "NoCaptchaTaskProxyless");

    printf("\n6. Ask for the balance again\n");
    good &= ask_balance(client);

    printf("\n7. A call that fails, on purpose: the result of a task that nobody bought\n");
    good &= fail_on_purpose(client);

    captask_close(client);
    printf("\n%s\n", good ? "All of it worked." : "Something failed: see above.");
    return !good;
}

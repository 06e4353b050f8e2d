/* Calls every function of captask32.dll with zeros and looks at the stack pointer afterwards: who is called by stdcall
 * takes the arguments away. Then solves a task through it, as a host does that knows nothing else. */

#include <stdio.h>
#include <string.h>
#include <windows.h>

#include <captask.h>

#define WORDS(type) ((int)((sizeof(type) + 3) / 4))
#define FUNCTION(name, words, text) {name, words, text},

static const struct {
    const char *name;
    int words;
    int text; /* whether the caller releases what it returns */
} functions[] = {
#include "functions.h"
};

static int failures;

static void holds(int well, const char *what, const char *name) {
    if (!well) failures++;
    printf("%s stdcall: %s %s\n", well ? "ok" : "not ok", name, what);
}

/* How far the stack pointer is from where it was, after a call with that many words of zeros. */
static int moved(FARPROC function, int words, unsigned *low) {
    int before, after;
    __asm__ volatile("mov %%esp, %%esi\n\t"
                     "1: test %%ecx, %%ecx\n\t"
                     "jz 2f\n\t"
                     "push $0\n\t"
                     "dec %%ecx\n\t"
                     "jmp 1b\n\t"
                     "2: call *%%ebx\n\t"
                     "mov %%esp, %%edi\n\t"
                     "mov %%esi, %%esp\n\t"
                     : "=S"(before), "=D"(after), "=a"(*low), "+c"(words)
                     : "b"(function)
                     : "edx", "memory", "cc");
    return after - before;
}

typedef int32_t(__stdcall *opener)(const char *, char **);
typedef int64_t(__stdcall *submitter)(int32_t, const char *, char **);
typedef char *(__stdcall *waiter)(int32_t, int64_t, int32_t);
typedef int64_t(__stdcall *picker)(const char *, const char *, char *, size_t);
typedef void(__stdcall *releaser)(char *);
typedef int32_t(__stdcall *closer)(int32_t);

static HMODULE library;

/* By way of INT_PTR, which a function's type is cast to without a warning. */
static INT_PTR entry(const char *name) {
    return (INT_PTR)GetProcAddress(library, name);
}

static void solve(void) {
    opener open = (opener)entry("captask_open");
    submitter submit = (submitter)entry("captask_submit");
    waiter wait = (waiter)entry("captask_wait");
    picker pick_into = (picker)entry("captask_pick_into");
    releaser release = (releaser)entry("captask_free");
    closer close = (closer)entry("captask_close");
    char *error = NULL;
    char token[200] = "";
    int32_t client = open("{\"endpoint\":\"sandbox:\",\"poll\":{\"firstMs\":5,\"intervalMs\":5}}", &error);
    int64_t ticket = submit(
        client,
        "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}",
        &error);
    holds(client > 0 && ticket > 0 && error == NULL, "gives a ticket of 64 bits", "captask_submit");
    char *answer = wait(client, ticket, 60000);
    int64_t length = answer == NULL ? -1 : pick_into(answer, "/solution/token", token, sizeof token);
    holds(length > 0 && (size_t)length == strlen(token), "gives the answer of that ticket", "captask_wait");
    release(answer);
    holds(close(client) == 1, "closes the client", "captask_close");
}

int main(void) {
    library = LoadLibraryA("captask32.dll");
    if (library == NULL) {
        printf("not ok stdcall: captask32.dll cannot be loaded: %lu\n", GetLastError());
        return 1;
    }
    releaser release = (releaser)entry("captask_free");
    closer close = (closer)entry("captask_close");
    for (size_t at = 0; at < sizeof functions / sizeof functions[0]; at++) {
        const char *name = functions[at].name;
        FARPROC function = GetProcAddress(library, name);
        if (strcmp(name, "captask_set_log") == 0) {
            holds(function == NULL, "is left out", name);
            continue;
        }
        if (function == NULL) {
            holds(0, "is missing", name);
            continue;
        }
        unsigned answer = 0;
        holds(moved(function, functions[at].words, &answer) == 0, "leaves the stack as it was", name);
        if (strcmp(name, "captask_open") == 0 || strcmp(name, "captask_sandbox_open") == 0) {
            close((int32_t)answer);
        } else if (functions[at].text && answer != 0) {
            release((char *)(INT_PTR)answer);
        }
    }
    solve();
    return failures != 0;
}

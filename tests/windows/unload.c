/* FreeLibrary with a client open: the code stays, and so do the threads that run in it. */

#include <stdio.h>
#include <windows.h>

#include <captask.h>

typedef int32_t (*opener)(const char *, char **);
typedef char *(*solver)(int32_t, const char *);
typedef void (*releaser)(char *);

/* By way of void *, which GetProcAddress's own type cannot be cast to without a warning. */
static void *entry(HMODULE library, const char *name) {
    return (void *)(INT_PTR)GetProcAddress(library, name);
}

int main(void) {
    HMODULE library = LoadLibraryA("captask.dll");
    if (library == NULL) {
        printf("captask.dll cannot be loaded: %lu\n", GetLastError());
        return 1;
    }
    opener open = (opener)entry(library, "captask_open");
    solver solve = (solver)entry(library, "captask_solve");
    releaser release = (releaser)entry(library, "captask_free");
    int32_t client = open("{\"endpoint\":\"sandbox:\",\"poll\":{\"firstMs\":5,\"intervalMs\":5}}", NULL);
    for (int times = 0; times < 3; times++) FreeLibrary(library);
    if (GetModuleHandleA("captask.dll") == NULL) {
        printf("captask.dll was unloaded\n");
        return 1;
    }
    char *answer = solve(
        client,
        "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}");
    printf("%s\n", answer);
    release(answer);
    return 0;
}

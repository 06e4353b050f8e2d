/* From nothing to a client: load PATH-OF-LIBCAPTASK, or load PATH-OF-LIBCURL */

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    double start = now();
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    double loaded = now();
    if (strstr(argv[1], "captask") != NULL) {
        int32_t (*open)(const char *, char **);
        *(void **)&open = dlsym(library, "captask_open");
        char *error = NULL;
        if (open == NULL || open("{\"endpoint\":\"http://127.0.0.1:1\",\"clientKey\":\"k\"}", &error) == 0) return 1;
    } else {
        void *(*easy)(void);
        *(void **)&easy = dlsym(library, "curl_easy_init");
        if (easy == NULL || easy() == NULL) return 1;
    }
    double opened = now();
    printf("{\"load_us\":%.1f,\"open_us\":%.1f,\"both_us\":%.1f}\n", loaded - start, opened - loaded, opened - start);
    return 0;
}

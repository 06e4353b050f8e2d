/* Two copies of the library in one process, and one journal: the second is refused until the first lets go. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int32_t opens(const char *config, char **error);
typedef int32_t closes(int32_t handle);

static void *part(void *library, const char *name) {
    void *found = library ? dlsym(library, name) : NULL;
    if (!found) printf("%s is missing\n", name);
    return found;
}

int main(int argc, char **argv) {
    char config[1024], *error = NULL;
    void *first = argc > 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    void *second = argc > 3 ? dlopen(argv[2], RTLD_NOW | RTLD_LOCAL) : NULL;
    opens *open_first, *open_second;
    closes *close_first, *close_second;
    int32_t one, two;
    if (argc < 4) return 2;
    *(void **)&open_first = part(first, "captask_open");
    *(void **)&open_second = part(second, "captask_open");
    *(void **)&close_first = part(first, "captask_close");
    *(void **)&close_second = part(second, "captask_close");
    if (!open_first || !open_second || !close_first || !close_second) return 2;
    if (open_first == open_second) return printf("one copy only\n"), 2;
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"http://127.0.0.1:9\",\"journal\":\"%s\"}", argv[3]);
    one = open_first(config, &error);
    if (one <= 0) return printf("first: %s\n", error), 1;
    two = open_second(config, &error);
    if (two != 0 || !error || !strstr(error, "in use")) return printf("second: %d %s\n", (int)two, error ? error : ""), 1;
    close_first(one);
    two = open_second(config, &error);
    if (two <= 0) return printf("after the first: %s\n", error), 1;
    one = open_first(config, &error);
    if (one != 0) return printf("first again: %d\n", (int)one), 1;
    close_second(two);
    printf("each kept the other out\n");
    return 0;
}

#include "library.h"

#include "platform.h"
#include <stdio.h>
#include <string.h>

// The oldest library that has what this addon calls.
#define NEEDED 0x000200

struct captask captask;

static platform_lock loading = PLATFORM_LOCK_INIT;
static bool loaded;

#define ENTRY(name) {"captask_" #name, offsetof(struct captask, name)}

static const struct {
    const char *name;
    size_t place;
} entries[] = {
    ENTRY(version), ENTRY(version_num), ENTRY(free), ENTRY(open), ENTRY(stop), ENTRY(close), ENTRY(inspect),
    ENTRY(create_task), ENTRY(get_task_result), ENTRY(get_balance), ENTRY(get_user_agent), ENTRY(report_incorrect),
    ENTRY(call), ENTRY(submit), ENTRY(receive_ticket), ENTRY(wake), ENTRY(cancel), ENTRY(check), ENTRY(describe),
    ENTRY(set_log), ENTRY(log_to), ENTRY(sandbox_open),
};

static bool find(const char *path, char *error, size_t size) {
    void *library = platform_open_library(path, error, size);
    if (library == NULL) return false;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        void *function = platform_symbol(library, entries[i].name);
        if (function == NULL) {
            snprintf(error, size, "%s has no %s: it is no captask library, or one older than 0.2", path, entries[i].name);
            return false;
        }
        memcpy((char *)&captask + entries[i].place, &function, sizeof function);
    }
    if (captask.version_num() < NEEDED) {
        snprintf(error, size, "%s is captask %s; 0.2 or later is needed", path, captask.version());
        return false;
    }
    return true;
}

bool library_load(const char *path, char *error, size_t size) {
    platform_acquire(&loading);
    if (!loaded) loaded = find(path, error, size);
    bool there = loaded;
    platform_release(&loading);
    return there;
}

// One sink for the process hands each line to every environment that wants it. It only puts lines into queues, so it
// waits for nothing, whatever thread logs and whatever JavaScript does meanwhile.
#include "library.h"
#include "port.h"

#include <stdlib.h>
#include <string.h>

static platform_lock lock = PLATFORM_LOCK_INIT;     // taken before a port's, never while captask is called
static platform_lock setting = PLATFORM_LOCK_INIT;  // one environment changes the sink at a time
static struct port *logged;

static void take_line(int32_t level, const char *line, void *unused) {
    (void)unused;
    platform_acquire(&lock);
    for (struct port *port = logged; port != NULL; port = port->next_logged) {
        if (level > port->log_level) continue;
        size_t size = strlen(line) + 1;
        char *copy = malloc(size);
        if (copy == NULL) continue;
        memcpy(copy, line, size);
        if (!port_post(port, LOG, level, 0, copy)) free(copy);
    }
    platform_release(&lock);
}

void log_listen(struct port *port, int32_t level) {
    int32_t most = 0;
    platform_acquire(&setting);
    platform_acquire(&lock);
    struct port **place = &logged;
    while (*place != NULL && *place != port) place = &(*place)->next_logged;
    bool was = *place != NULL, changed = was || level > 0;
    if (was) *place = port->next_logged;
    if (level > 0) {
        port->next_logged = logged;
        logged = port;
    }
    port->log_level = level;
    for (struct port *one = logged; one != NULL; one = one->next_logged) {
        if (one->log_level > most) most = one->log_level;
    }
    platform_release(&lock);
    if (changed) captask.set_log(most > 0 ? take_line : NULL, NULL, most);
    platform_release(&setting);
}

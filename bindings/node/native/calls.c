// Single calls block until the service has answered, so they are made on threads of the addon, not on the event loop and
// not on libuv's pool. The threads are few, are started when needed, and end when there is nothing to do.
#include "library.h"
#include "port.h"

#include <stdlib.h>

enum { MOST_WORKERS = 8, IDLE_MS = 10000 };

static void free_job(struct job *job) {
    free(job->first);
    free(job->second);
    free(job);
}

static void make(struct port *port, struct job *job) {
    char *answer = job->run(job);
    if (!port_post(port, RESULT, job->number, 0, answer) && answer != NULL) captask.free(answer);
    free_job(job);
}

static struct job *next_job(struct port *port) {
    int64_t deadline = platform_now() + IDLE_MS;
    struct job *job;
    platform_acquire(&port->lock);
    port->idle++;
    while (port->jobs == NULL && port->alive && platform_wait_until(&port->changed, &port->lock, deadline)) continue;
    port->idle--;
    job = port->alive ? port->jobs : NULL;
    if (job != NULL) {
        port->jobs = job->next;
        if (port->jobs == NULL) port->last_job = NULL;
    } else {
        port->workers--;
    }
    platform_release(&port->lock);
    return job;
}

static void work(void *argument) {
    struct port *port = argument;
    struct job *job;
    while ((job = next_job(port)) != NULL) make(port, job);
    port_leave(port);
}

bool calls_add(struct port *port, struct job *job) {
    platform_acquire(&port->lock);
    int waiting = 0;
    for (struct job *one = port->jobs; one != NULL && waiting < MOST_WORKERS; one = one->next) waiting++;
    bool start = port->idle <= waiting && port->workers < MOST_WORKERS;
    if (start) {
        port->workers++;
        port_enter(port);
    }
    platform_release(&port->lock);
    if (start && !platform_start(work, port)) {
        platform_acquire(&port->lock);
        bool none = --port->workers == 0;
        platform_release(&port->lock);
        port_leave(port);
        if (none) {
            free_job(job);
            return false;
        }
    }
    platform_acquire(&port->lock);
    job->next = NULL;
    if (port->last_job != NULL) {
        port->last_job->next = job;
    } else {
        port->jobs = job;
    }
    port->last_job = job;
    platform_wake_all(&port->changed);
    platform_release(&port->lock);
    return true;
}

struct alone {
    struct port *port;
    struct job *job;
};

static void work_alone(void *argument) {
    struct alone alone = *(struct alone *)argument;
    free(argument);
    make(alone.port, alone.job);
    port_leave(alone.port);
}

bool calls_alone(struct port *port, struct job *job) {
    struct alone *alone = malloc(sizeof *alone);
    if (alone != NULL) {
        *alone = (struct alone){port, job};
        platform_acquire(&port->lock);
        port_enter(port);
        platform_release(&port->lock);
        if (platform_start(work_alone, alone)) return true;
        port_leave(port);
        free(alone);
    }
    free_job(job);
    return false;
}

void calls_drop(struct port *port) {
    while (port->jobs != NULL) {
        struct job *job = port->jobs;
        port->jobs = job->next;
        free_job(job);
    }
    port->last_job = NULL;
}

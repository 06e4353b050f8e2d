// One thread for each client that has tasks in flight: it takes every answer and puts it into the queue of the loop.
#include "library.h"
#include "port.h"

#include <stdlib.h>

struct receiver {
    struct port *port;
    int32_t client;
};

static bool is_leaving(struct port *port, int32_t client) {
    platform_acquire(&port->lock);
    struct handle *handle = port_find(port, client);
    bool leaving = !port->alive || handle == NULL || handle->leaving;
    platform_release(&port->lock);
    return leaving;
}

static void receive(void *argument) {
    struct receiver receiver = *(struct receiver *)argument;
    struct port *port = receiver.port;
    free(argument);
    while (!is_leaving(port, receiver.client)) {
        int64_t ticket;
        char *answer = captask.receive_ticket(receiver.client, -1, &ticket);
        if (answer == NULL) continue;
        if (ticket == 0) {
            // Stopped, and every answer is read; or closed.
            captask.free(answer);
            break;
        }
        if (!port_post(port, ANSWER, receiver.client, ticket, answer)) {
            captask.free(answer);
            break;
        }
    }
    platform_acquire(&port->lock);
    struct handle *handle = port_find(port, receiver.client);
    if (handle != NULL) handle->receiving = false;
    platform_wake_all(&port->changed);
    platform_release(&port->lock);
    port_post(port, ENDED, receiver.client, 0, NULL);
    port_leave(port);
}

bool receiver_start(struct port *port, int32_t client) {
    struct receiver *receiver = malloc(sizeof *receiver);
    if (receiver == NULL) return false;
    *receiver = (struct receiver){port, client};
    platform_acquire(&port->lock);
    struct handle *handle = port_find(port, client);
    bool needed = handle != NULL && !handle->watched;
    if (needed) {
        handle->watched = handle->receiving = true;
        port_enter(port);
    }
    platform_release(&port->lock);
    if (!needed) {
        free(receiver);
        return handle != NULL;
    }
    if (platform_start(receive, receiver)) return true;
    platform_acquire(&port->lock);
    handle->watched = handle->receiving = false;
    platform_release(&port->lock);
    port_leave(port);
    free(receiver);
    return false;
}

void receiver_end(struct port *port, int32_t client) {
    platform_acquire(&port->lock);
    struct handle *handle = port_find(port, client);
    if (handle != NULL) handle->leaving = true;
    platform_release(&port->lock);
    captask.wake(client);
}

#include "port.h"

#include "library.h"
#include <stdlib.h>

enum {
    BATCH = 64,         // messages handed over in one turn of the event loop
    MOST_LINES = 10000, // log lines that wait for the loop
    FAREWELL_MS = 2000  // for threads, when the environment ends
};

void port_enter(struct port *port) {
    port->references++;
    port->threads++;
}

void port_release(struct port *port) {
    platform_acquire(&port->lock);
    bool last = --port->references == 0;
    platform_release(&port->lock);
    if (!last) return;
    platform_signal_free(&port->changed);
    platform_lock_free(&port->lock);
    free(port);
}

void port_leave(struct port *port) {
    platform_acquire(&port->lock);
    port->threads--;
    platform_wake_all(&port->changed);
    platform_release(&port->lock);
    port_release(port);
}

static void free_text(enum kind kind, char *text) {
    if (kind == LOG) {
        free(text);
    } else if (text != NULL) {
        captask.free(text);
    }
}

bool port_post(struct port *port, enum kind kind, int32_t number, int64_t ticket, char *text) {
    struct message *message = malloc(sizeof *message);
    if (message == NULL) return false;
    *message = (struct message){NULL, kind, number, ticket, text};
    platform_acquire(&port->lock);
    if (kind == LOG && port->lines >= MOST_LINES) port->lost++;
    if (!port->alive || (kind == LOG && port->lines >= MOST_LINES)) {
        platform_release(&port->lock);
        free(message);
        return false;
    }
    if (kind == LOG) port->lines++;
    if (port->last != NULL) {
        port->last->next = message;
    } else {
        port->first = message;
    }
    port->last = message;
    if (!port->scheduled) {
        // The lock is held: the environment cannot end, and free the function, meanwhile. The call does not wait.
        port->scheduled =
            napi_call_threadsafe_function(port->loop, NULL, napi_tsfn_nonblocking) == napi_ok;
    }
    platform_release(&port->lock);
    return true;
}

// Takes messages out of the queue, at most BATCH of them.
static struct message *take(struct port *port, bool *more, int64_t *lost) {
    platform_acquire(&port->lock);
    struct message *first = port->first, *last = NULL;
    for (int i = 0; i < BATCH && port->first != NULL; i++) {
        last = port->first;
        if (last->kind == LOG) port->lines--;
        port->first = last->next;
    }
    if (last != NULL) last->next = NULL;
    if (port->first == NULL) port->last = NULL;
    *more = port->first != NULL;
    port->scheduled = *more;
    *lost = port->lost;
    port->lost = 0;
    platform_release(&port->lock);
    return first;
}

// Puts messages that could not be handed over in front of the queue again.
static void put_back(struct port *port, struct message *first) {
    struct message *last = first;
    platform_acquire(&port->lock);
    for (;; last = last->next) {
        if (last->kind == LOG) port->lines++;
        if (last->next == NULL) break;
    }
    last->next = port->first;
    if (port->first == NULL) port->last = last;
    port->first = first;
    port->scheduled = false;
    platform_release(&port->lock);
}

static napi_status append(napi_env env, napi_value list, uint32_t *length, struct message *message) {
    napi_value entry;
    napi_status status = napi_create_uint32(env, (uint32_t)message->kind, &entry);
    if (status == napi_ok) status = napi_set_element(env, list, (*length)++, entry);
    if (status == napi_ok) status = napi_create_int32(env, message->number, &entry);
    if (status == napi_ok) status = napi_set_element(env, list, (*length)++, entry);
    if (status == napi_ok) status = napi_create_int64(env, message->ticket, &entry);
    if (status == napi_ok) status = napi_set_element(env, list, (*length)++, entry);
    if (status == napi_ok && message->text != NULL) {
        status = napi_create_string_utf8(env, message->text, NAPI_AUTO_LENGTH, &entry);
    } else if (status == napi_ok) {
        status = napi_get_null(env, &entry);
    }
    if (status == napi_ok) status = napi_set_element(env, list, (*length)++, entry);
    return status;
}

void port_drain(struct port *port, napi_env env) {
    bool more;
    int64_t lost;
    struct message *first = take(port, &more, &lost);
    uint32_t length = 0;
    napi_handle_scope scope;
    napi_value arguments[3], handler, receiver;
    if (first == NULL) return;
    napi_status status = napi_open_handle_scope(env, &scope);
    if (status != napi_ok) {
        put_back(port, first);
        return;
    }
    status = napi_create_array(env, &arguments[0]);
    for (struct message *one = first; status == napi_ok && one != NULL; one = one->next) {
        status = append(env, arguments[0], &length, one);
    }
    if (status == napi_ok) status = napi_get_boolean(env, more, &arguments[1]);
    if (status == napi_ok) status = napi_create_int64(env, lost, &arguments[2]);
    if (status == napi_ok) status = napi_get_reference_value(env, port->handler, &handler);
    if (status == napi_ok) status = napi_get_undefined(env, &receiver);
    if (status == napi_ok) status = napi_call_function(env, receiver, handler, 3, arguments, NULL);
    if (status == napi_pending_exception) {
        napi_value thrown;
        // The handler throws nothing of its own: this is the end of a worker, or of memory.
        if (napi_get_and_clear_last_exception(env, &thrown) == napi_ok) napi_fatal_exception(env, thrown);
    }
    napi_close_handle_scope(env, scope);
    if (status != napi_ok) {
        put_back(port, first);
        return;
    }
    // An answer is released when JavaScript has it: with a journal that says that it need not be kept.
    while (first != NULL) {
        struct message *next = first->next;
        free_text(first->kind, first->text);
        free(first);
        first = next;
    }
}

static void on_loop(napi_env env, napi_value unused, void *context, void *data) {
    (void)unused, (void)data;
    if (env != NULL) port_drain(context, env);
}

// The loop ends, perhaps before the hook of port_open has run.
static void on_loop_end(napi_env env, void *data, void *hint) {
    struct port *port = data;
    (void)env, (void)hint;
    platform_acquire(&port->lock);
    port->alive = false;
    platform_release(&port->lock);
    port_release(port);
}

struct handle *port_find(struct port *port, int32_t number) {
    struct handle *handle = port->handles;
    while (handle != NULL && handle->number != number) handle = handle->next;
    return handle;
}

bool port_add(struct port *port, int32_t number, bool client, bool journal) {
    struct handle *handle = calloc(1, sizeof *handle);
    if (handle == NULL) return false;
    *handle = (struct handle){.number = number, .client = client, .journal = journal};
    platform_acquire(&port->lock);
    handle->next = port->handles;
    port->handles = handle;
    platform_release(&port->lock);
    return true;
}

void port_remove(struct port *port, int32_t number) {
    platform_acquire(&port->lock);
    struct handle **place = &port->handles, *handle = NULL;
    while (*place != NULL && (*place)->number != number) place = &(*place)->next;
    if ((handle = *place) != NULL) *place = handle->next;
    platform_release(&port->lock);
    free(handle);
}

bool port_has_answers(struct port *port, int32_t client) {
    struct message *message = port->first;
    while (message != NULL && !(message->kind == ANSWER && message->number == client)) message = message->next;
    return message != NULL;
}

// Closes what is open. A client with a journal whose receiver has read what was not handed over is left alone: closing
// it would say that it was delivered.
static void close_handles(struct port *port, bool clients) {
    for (struct handle *handle = port->handles; handle != NULL; handle = handle->next) {
        if (handle->client != clients) continue;
        platform_acquire(&port->lock);
        bool keep = handle->journal && port_has_answers(port, handle->number);
        platform_release(&port->lock);
        if (!keep) captask.close(handle->number);
    }
}

// Waits until a condition of the port holds, or the farewell is over.
static void wait_for(struct port *port, bool (*holds)(struct port *)) {
    int64_t deadline = platform_now() + FAREWELL_MS;
    platform_acquire(&port->lock);
    while (!holds(port) && platform_wait_until(&port->changed, &port->lock, deadline)) continue;
    platform_release(&port->lock);
}

static bool no_journal_is_read(struct port *port) {
    struct handle *handle = port->handles;
    while (handle != NULL && !(handle->journal && handle->receiving)) handle = handle->next;
    return handle == NULL;
}

static bool no_thread_works(struct port *port) { return port->threads == 0; }

// The environment ends: the process exits, or a worker is terminated.
static void on_environment_end(void *data) {
    struct port *port = data;
    log_listen(port, 0);
    for (struct handle *handle = port->handles; handle != NULL; handle = handle->next) {
        if (handle->journal) receiver_end(port, handle->number);
    }
    wait_for(port, no_journal_is_read);
    platform_acquire(&port->lock);
    port->alive = false;
    calls_drop(port);
    platform_wake_all(&port->changed);
    platform_release(&port->lock);
    close_handles(port, true);
    close_handles(port, false);
    wait_for(port, no_thread_works);
    for (struct message *message = port->first, *next; message != NULL; message = next) {
        struct handle *owner = port_find(port, message->number);
        next = message->next;
        // What a journal still has to deliver is not released.
        if (message->kind != ANSWER || owner == NULL || !owner->journal) free_text(message->kind, message->text);
        free(message);
    }
    for (struct handle *handle = port->handles, *next; handle != NULL; handle = next) {
        next = handle->next;
        free(handle);
    }
    port->first = port->last = NULL;
    port->handles = NULL;
    port_release(port);
}

struct port *port_open(napi_env env, napi_value handler) {
    struct port *port = calloc(1, sizeof *port);
    napi_value name;
    if (port == NULL) return NULL;
    platform_lock_init(&port->lock);
    platform_signal_init(&port->changed);
    port->alive = true;
    port->references = 2;   // the hook's and the loop's
    if (napi_create_reference(env, handler, 1, &port->handler) != napi_ok ||
        napi_create_string_utf8(env, "captask", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, port, on_loop_end, port, on_loop, &port->loop) !=
            napi_ok) {
        platform_signal_free(&port->changed);
        platform_lock_free(&port->lock);
        free(port);
        return NULL;
    }
    napi_unref_threadsafe_function(env, port->loop);
    // Hooks run in reverse order: this one before the end of the loop's function.
    napi_add_env_cleanup_hook(env, on_environment_end, port);
    return port;
}

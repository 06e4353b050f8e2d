// What one JavaScript environment (the main thread, or a worker) shares with the threads that work for it: a queue of
// messages for its event loop, and the handles that end with it.
#ifndef CAPTASK_NODE_PORT_H
#define CAPTASK_NODE_PORT_H

#include "platform.h"
#include <node_api.h>

// What a message is; the same numbers are in src/native.ts.
enum kind {
    ANSWER = 0,     // of a ticket: number is the client, ticket is set
    ENDED = 1,      // the client has no more answers: number is the client
    RESULT = 2,     // of a call: number is the call's
    LOG = 3         // a log line: number is its level
};

struct message {
    struct message *next;
    enum kind kind;
    int32_t number;
    int64_t ticket;
    char *text;     // NULL; else to be released with free (LOG) or captask_free (the others)
};

// A call that blocks, to be made on a thread of the addon.
struct job {
    struct job *next;
    int32_t number;                 // of the call, for its RESULT
    char *(*run)(struct job *);     // the answer, for captask_free
    int32_t handle;
    char *first, *second;           // texts, or NULL; released with free
};

// A client or a sandbox that is open.
struct handle {
    struct handle *next;
    int32_t number;
    bool client;
    bool journal;       // what was read and not handed over has to stay in the journal
    bool watched;       // a receiver was started
    bool receiving;     // and runs
    bool leaving;       // and is asked to end without reading more
};

struct port {
    platform_lock lock;
    platform_signal changed;
    bool alive;                 // the environment takes messages
    int references;             // the environment, each thread, and the log
    int threads;                // that work for this port
    struct message *first, *last;
    bool scheduled;             // the loop knows that there are messages
    int lines;                  // log lines in the queue
    int64_t lost;               // log lines that found it full
    struct job *jobs, *last_job;
    int workers, idle;          // threads that make calls; those of them that wait for one
    struct handle *handles;
    int32_t log_level;          // the most detailed level wanted; 0: no log
    struct port *next_logged;
    napi_threadsafe_function loop;
    napi_ref handler;
};

// Makes the port of an environment. `handler` is called with a list of messages, four entries each: kind, number,
// ticket, text; and with whether there are more.
struct port *port_open(napi_env env, napi_value handler);

// Takes a reference for a thread that works for the port, and gives it back; the port must be locked for the first.
void port_enter(struct port *port);
void port_leave(struct port *port);
void port_release(struct port *port);

// Puts a message into the queue, and takes over its text. False when the environment takes none any more: the text is
// still the caller's.
bool port_post(struct port *port, enum kind kind, int32_t number, int64_t ticket, char *text);

// Hands messages over, a limited number at a time. On the environment's thread.
void port_drain(struct port *port, napi_env env);

// The handle of that number, or NULL; the port must be locked.
struct handle *port_find(struct port *port, int32_t number);
// Remembers a handle, to close it when the environment ends. False: no memory.
bool port_add(struct port *port, int32_t number, bool client, bool journal);
void port_remove(struct port *port, int32_t number);

// Whether a message of that client is in the queue; the port must be locked.
bool port_has_answers(struct port *port, int32_t client);

// receiver.c: starts the thread that receives for a client, unless it is there. False: no thread to be had.
bool receiver_start(struct port *port, int32_t client);
// Asks the receiver of a client to end without reading more answers; its ENDED comes.
void receiver_end(struct port *port, int32_t client);

// calls.c: makes a call on one of the addon's threads, eight of them at most; takes the job over. False: no thread.
bool calls_add(struct port *port, struct job *job);
// Makes a call on a thread of its own, for one that must not wait behind others.
bool calls_alone(struct port *port, struct job *job);
// Drops the calls that were not begun; the port must be locked.
void calls_drop(struct port *port);

// log.c: sets the level at which a port gets log lines; 0 ends it.
void log_listen(struct port *port, int32_t level);

#endif

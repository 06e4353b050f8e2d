/* Calls from the edges of a program's life. usage: edges LIBRARY exit|key|streams|cancel [JOURNAL]
 *   exit     from a handler of atexit, with a log sink
 *   key      from the destructor of a thread's own data, with a log sink
 *   streams  with the standard streams closed, to which the program writes all the same
 *   cancel   a thread is cancelled inside a call */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "captask.h"

#define TASK "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"k\"}"

static int32_t (*open_client)(const char *, char **);
static int32_t (*close_client)(int32_t);
static int64_t (*submit)(int32_t, const char *, char **);
static char *(*create_task)(int32_t, const char *);
static char *(*get_balance)(int32_t);
static char *(*inspect)(int32_t);
static char *(*wait_ticket)(int32_t, int64_t, int32_t);
static void (*set_log)(captask_log_sink, void *, int32_t);
static int32_t client;

static void find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) exit(90);
    memcpy(function, &symbol, sizeof symbol);
}

static void note(int32_t level, const char *line, void *user) {
    (void)level, (void)line, (void)user;
}

static void expect(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "not so: %s\n", what);
    _exit(9);
}

static void last_calls(void) {
    char *answer = create_task(client, TASK "}");
    expect(strstr(answer, "\"taskId\"") != NULL && strstr(answer, "CAPTASK_") == NULL, answer);
    expect(submit(client, TASK "}", NULL) > 0, "a ticket");
    expect(close_client(client) == 1, "closed");
    set_log(NULL, NULL, 0);
}

static void destructor(void *unused) {
    (void)unused;
    last_calls();
}

static void *with_data(void *key) {
    pthread_setspecific(*(pthread_key_t *)key, key);
    free(create_task(client, TASK "}")); /* it logs: the library's own data of this thread is made, and gone before ours */
    return NULL;
}

static void *in_call(void *unused) {
    (void)unused;
    free(get_balance(client));
    return NULL;
}

static void cancel(void) {
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;
    char config[200];
    pthread_t thread;
    int heard, listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    expect(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 8) == 0, "a server");
    getsockname(listener, (struct sockaddr *)&address, &size);
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"http://127.0.0.1:%d\",\"callTimeoutMs\":300,"
        "\"requestTimeoutMs\":300}", ntohs(address.sin_port));
    client = open_client(config, NULL);
    pthread_create(&thread, NULL, in_call, NULL);
    heard = accept(listener, NULL, NULL); /* it is inside the call now, which gets no answer */
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    close(heard);
    expect(close_client(client) == 1, "closed");
}

static void streams(const char *journal) {
    char config[600];
    char *state;
    int out = fcntl(2, F_DUPFD_CLOEXEC, 100);
    int32_t sandbox;
    int64_t ticket;
    snprintf(config, sizeof config, "{\"clientKey\":\"k\",\"endpoint\":\"http://127.0.0.1:9\",\"journal\":\"%s\"}", journal);
    close(0), close(1), close(2);
    sandbox = open_client("{\"endpoint\":\"sandbox:\"}", NULL);
    free(create_task(sandbox, TASK "}"));
    client = open_client(config, NULL);
    ticket = submit(client, TASK "}", NULL); /* nobody is there: it is tried again and again */
    free(wait_ticket(client, ticket, 300));
    for (int stream = 0; stream < 3; stream++) {
        if (fcntl(stream, F_GETFD) >= 0 || write(stream, "a line of the program's own\n", 28) == 28) {
            dprintf(out, "not so: stream %d is a file of the library's\n", stream);
            _exit(9);
        }
    }
    close_client(sandbox);
    state = inspect(client);
    expect(strstr(state, "\"inFlight\":1") != NULL, state);
    close_client(client);
}

int main(int argc, char **argv) {
    pthread_key_t key;
    pthread_t thread;
    void *library = argc > 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) return 91;
    find(library, "captask_open", &open_client);
    find(library, "captask_close", &close_client);
    find(library, "captask_submit", &submit);
    find(library, "captask_create_task", &create_task);
    find(library, "captask_get_balance", &get_balance);
    find(library, "captask_inspect", &inspect);
    find(library, "captask_wait", &wait_ticket);
    find(library, "captask_set_log", &set_log);
    if (strcmp(argv[2], "cancel") == 0) {
        cancel();
        return 0;
    }
    if (strcmp(argv[2], "streams") == 0) {
        streams(argc > 3 ? argv[3] : "");
        return 0;
    }
    if (strcmp(argv[2], "exit") == 0) atexit(last_calls);
    set_log(note, NULL, 5);
    client = open_client("{\"endpoint\":\"sandbox:\"}", NULL);
    if (strcmp(argv[2], "exit") == 0) return 0;
    pthread_key_create(&key, destructor);
    pthread_create(&thread, NULL, with_data, &key);
    pthread_join(thread, NULL);
    return 0;
}

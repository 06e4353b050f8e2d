/*
 * A server that answers with the very bytes it is told, one request a connection, so that nothing between the service's
 * answer and the caller's text can go unseen.
 */
#ifndef SERVER_H
#define SERVER_H

#include <netinet/in.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SERVER_REQUEST = 65536, SERVER_HELD = 16 };

/* The body of the answer to a method, or NULL: the request is read and never answered. */
typedef const char *(*server_answer)(const char *method);

struct server {
    server_answer answer;
    int listener;
    int port;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    int unanswered; /* how many requests were read and not answered */
    int held[SERVER_HELD];
    char created[SERVER_REQUEST]; /* the body of the last createTask */
};

static inline int server_send(int peer, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(peer, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) return 0;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 1;
}

/* Reads one request; its body, or NULL when the peer went away. */
static inline char *server_read(int peer, char *request) {
    size_t have = 0;
    while (have + 1 < SERVER_REQUEST) {
        char *head_end, *header;
        ssize_t got = recv(peer, request + have, SERVER_REQUEST - 1 - have, 0);
        if (got <= 0) return NULL;
        have += (size_t)got;
        request[have] = '\0';
        head_end = strstr(request, "\r\n\r\n");
        if (head_end == NULL) continue;
        header = strstr(request, "ontent-");
        while (header != NULL && strncmp(header + 7, "ength", 5) != 0 && strncmp(header + 8, "ength", 5) != 0) {
            header = strstr(header + 1, "ontent-");
        }
        if (header == NULL || header > head_end) return head_end + 4;
        if (have >= (size_t)(head_end + 4 - request) + strtoul(strchr(header, ':') + 1, NULL, 10)) return head_end + 4;
    }
    return NULL;
}

static inline void server_serve(struct server *server, int peer, char *request) {
    char head[160], method[64] = "";
    const char *body = server_read(peer, request), *answer;
    if (body == NULL) {
        close(peer);
        return;
    }
    sscanf(request, "%*s /%63[A-Za-z0-9_]", method);
    pthread_mutex_lock(&server->lock);
    if (strcmp(method, "createTask") == 0) snprintf(server->created, sizeof server->created, "%s", body);
    answer = server->answer(method);
    if (answer == NULL) {
        if (server->unanswered < SERVER_HELD) server->held[server->unanswered] = peer;
        server->unanswered++;
        pthread_cond_broadcast(&server->arrived);
    }
    pthread_mutex_unlock(&server->lock);
    if (answer == NULL) return;
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %lu\r\nconnection: close\r\n\r\n",
             (unsigned long)strlen(answer));
    if (server_send(peer, head, strlen(head))) server_send(peer, answer, strlen(answer));
    close(peer);
}

static inline void *server_run(void *argument) {
    struct server *server = argument;
    char *request = malloc(SERVER_REQUEST);
    int peer;
    while (request != NULL && (peer = accept(server->listener, NULL, NULL)) >= 0) server_serve(server, peer, request);
    free(request);
    return NULL;
}

/* Starts on a free port of loopback; 0 when that cannot be. */
static inline int server_start(struct server *server, server_answer answer) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    memset(server, 0, sizeof *server);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->answer = answer;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->arrived, NULL);
    if (bind(server->listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(server->listener, 64) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&address, &length) != 0) return 0;
    server->port = ntohs(address.sin_port);
    return pthread_create(&server->thread, NULL, server_run, server) == 0;
}

/* Waits until so many requests were read and left unanswered. */
static inline void server_await(struct server *server, int unanswered) {
    pthread_mutex_lock(&server->lock);
    while (server->unanswered < unanswered) pthread_cond_wait(&server->arrived, &server->lock);
    pthread_mutex_unlock(&server->lock);
}

static inline void server_stop(struct server *server) {
    int i;
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    for (i = 0; i < server->unanswered && i < SERVER_HELD; i++) close(server->held[i]);
    pthread_cond_destroy(&server->arrived);
    pthread_mutex_destroy(&server->lock);
}

#endif

/* Whether a descriptor of captask_fd is readable, asked in each way that the system has. */
#ifndef READABLE_H
#define READABLE_H

#include "check.h"

#ifdef _WIN32
typedef SOCKET descriptor;
typedef WSAPOLLFD poll_entry;
#define poll_entries WSAPoll
#else
#include <poll.h>
#include <sys/select.h>
typedef int descriptor;
typedef struct pollfd poll_entry;
#define poll_entries poll
#endif
#ifdef __linux__
#include <sys/epoll.h>
#endif

static inline int readable_by_select(descriptor fd, int millis) {
    struct timeval time;
    fd_set set;
    time.tv_sec = millis / 1000;
    time.tv_usec = millis % 1000 * 1000;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    return select((int)fd + 1, &set, NULL, NULL, &time) == 1;
}

static inline int readable_by_poll(descriptor fd, int millis) {
    poll_entry entry;
    entry.fd = fd;
    entry.events = POLLIN;
    entry.revents = 0;
    return poll_entries(&entry, 1, millis) == 1 && (entry.revents & POLLIN) != 0;
}

/* By epoll where there is one, with or without EPOLLET on a set made for this look. */
static inline int readable_by_epoll(descriptor fd, int millis) {
#ifdef __linux__
    struct epoll_event event;
    int found, set = epoll_create1(0);
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (set < 0 || epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) != 0) return -1;
    found = epoll_wait(set, &event, 1, millis);
    close(set);
    return found == 1;
#else
    return readable_by_poll(fd, millis);
#endif
}

/* Whether it is readable now, as all of them say. Loopback sockets of Windows take a moment to become so. */
static inline int readable_now(descriptor fd, int wanted) {
    int millis = wanted ? 10000 : 0;
    return readable_by_select(fd, millis) == wanted && readable_by_poll(fd, millis) == wanted &&
           readable_by_epoll(fd, millis) == wanted;
}

#define CHECK_READABLE(fd, wanted) CHECK(readable_now(fd, wanted))

/* The descriptor of a client, which must have one. */
static inline descriptor descriptor_of(int32_t client) {
    char *error = NULL;
    int64_t number = captask_fd(client, &error);
    if (number <= 2 || error != NULL) check_fail(__FILE__, __LINE__, "a descriptor", error);
    captask_free(error);
    return (descriptor)number;
}

/* A ticket that never needs the network: a task bought before, whose first poll comes in an hour. */
#define ADOPTED "{\"taskId\":7,\"options\":{\"firstPollMs\":3600000,\"timeoutMs\":7200000}}"

#endif

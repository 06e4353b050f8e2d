/* What the C tests take from POSIX and MinGW does not have. Included before everything else in a test's file. */

#ifndef CAPTASK_TESTS_POSIX_H
#define CAPTASK_TESTS_POSIX_H

#define __USE_MINGW_ANSI_STDIO 1

#include <winsock2.h>
#include <ws2tcpip.h>
#include <unistd.h>

/* A name that the tests have a use of their own for. */
#undef FAILED

/* Whoever runs the tests ends those that take too long. */
#define alarm(seconds) ((void)(seconds))

#define MSG_NOSIGNAL 0
#define SHUT_RDWR SD_BOTH
#define close(socket) closesocket(socket)
/* Only closing wakes whoever accepts from a socket. */
#define shutdown(socket, how) closesocket(socket)

__attribute__((constructor)) static void start_sockets(void) {
    WSADATA told;
    WSAStartup(MAKEWORD(2, 2), &told);
}

#endif

/* Windows has this in winsock2.h. */

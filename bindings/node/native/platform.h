// Locks, threads and shared libraries, by POSIX threads or by Windows.
#ifndef CAPTASK_NODE_PLATFORM_H
#define CAPTASK_NODE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include <windows.h>
typedef SRWLOCK platform_lock;
typedef CONDITION_VARIABLE platform_signal;
#define PLATFORM_LOCK_INIT SRWLOCK_INIT
#else
#include <pthread.h>
typedef pthread_mutex_t platform_lock;
typedef pthread_cond_t platform_signal;
#define PLATFORM_LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#endif

void platform_lock_init(platform_lock *lock);
void platform_lock_free(platform_lock *lock);
void platform_acquire(platform_lock *lock);
void platform_release(platform_lock *lock);

void platform_signal_init(platform_signal *signal);
void platform_signal_free(platform_signal *signal);
void platform_wake_all(platform_signal *signal);

// The time of a clock that only goes forward, in milliseconds.
int64_t platform_now(void);

// Waits, with the lock held, until the signal is given or the clock has passed `deadline`; false means the latter. It may
// return true without a signal.
bool platform_wait_until(platform_signal *signal, platform_lock *lock, int64_t deadline);

// Starts a thread that ends by itself. False: the system has no room for one.
bool platform_start(void (*run)(void *), void *argument);

// Opens a shared library, which stays loaded; NULL, and the reason in `error`.
void *platform_open_library(const char *path, char *error, size_t size);
void *platform_symbol(void *library, const char *name);

// Keeps this addon in memory: a thread may still be on its way out of it when the last environment has ended.
void platform_pin(void);

#endif

#ifndef _WIN32
#define _GNU_SOURCE     // RTLD_NODELETE and dladdr
#endif
#include "platform.h"

#include <stdio.h>
#include <stdlib.h>

struct start {
    void (*run)(void *);
    void *argument;
};

#ifdef _WIN32
#include <process.h>

void platform_lock_init(platform_lock *lock) { InitializeSRWLock(lock); }
void platform_lock_free(platform_lock *lock) { (void)lock; }
void platform_acquire(platform_lock *lock) { AcquireSRWLockExclusive(lock); }
void platform_release(platform_lock *lock) { ReleaseSRWLockExclusive(lock); }

void platform_signal_init(platform_signal *signal) { InitializeConditionVariable(signal); }
void platform_signal_free(platform_signal *signal) { (void)signal; }
void platform_wake_all(platform_signal *signal) { WakeAllConditionVariable(signal); }

int64_t platform_now(void) { return (int64_t)GetTickCount64(); }

bool platform_wait_until(platform_signal *signal, platform_lock *lock, int64_t deadline) {
    int64_t left = deadline - platform_now();
    return SleepConditionVariableSRW(signal, lock, left > 0 ? (DWORD)left : 0, 0) != 0;
}

static unsigned __stdcall enter(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.run(start.argument);
    return 0;
}

bool platform_start(void (*run)(void *), void *argument) {
    struct start *start = malloc(sizeof *start);
    uintptr_t thread;
    if (start == NULL) return false;
    *start = (struct start){run, argument};
    thread = _beginthreadex(NULL, 0, enter, start, 0, NULL);
    if (thread == 0) {
        free(start);
        return false;
    }
    CloseHandle((HANDLE)thread);
    return true;
}

void *platform_open_library(const char *path, char *error, size_t size) {
    WCHAR wide[1024];
    HMODULE library = NULL;
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, sizeof wide / sizeof *wide) > 0) library = LoadLibraryW(wide);
    if (library == NULL) snprintf(error, size, "%s: Windows error %lu", path, GetLastError());
    return (void *)library;
}

void *platform_symbol(void *library, const char *name) {
    return (void *)(uintptr_t)GetProcAddress((HMODULE)library, name);
}

void platform_pin(void) {
    HMODULE self;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       (LPCWSTR)(uintptr_t)platform_pin, &self);
}

#else
#include <dlfcn.h>
#include <time.h>

void platform_lock_init(platform_lock *lock) { pthread_mutex_init(lock, NULL); }
void platform_lock_free(platform_lock *lock) { pthread_mutex_destroy(lock); }
void platform_acquire(platform_lock *lock) { pthread_mutex_lock(lock); }
void platform_release(platform_lock *lock) { pthread_mutex_unlock(lock); }

void platform_signal_init(platform_signal *signal) {
#ifdef __APPLE__
    pthread_cond_init(signal, NULL);
#else
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(signal, &attributes);
    pthread_condattr_destroy(&attributes);
#endif
}

void platform_signal_free(platform_signal *signal) { pthread_cond_destroy(signal); }
void platform_wake_all(platform_signal *signal) { pthread_cond_broadcast(signal); }

int64_t platform_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool platform_wait_until(platform_signal *signal, platform_lock *lock, int64_t deadline) {
#ifdef __APPLE__
    int64_t left = deadline - platform_now();
    if (left < 0) left = 0;
    struct timespec time = {(time_t)(left / 1000), (long)(left % 1000) * 1000000};
    return pthread_cond_timedwait_relative_np(signal, lock, &time) == 0;
#else
    struct timespec time = {(time_t)(deadline / 1000), (long)(deadline % 1000) * 1000000};
    return pthread_cond_timedwait(signal, lock, &time) == 0;
#endif
}

static void *enter(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.run(start.argument);
    return NULL;
}

bool platform_start(void (*run)(void *), void *argument) {
    struct start *start = malloc(sizeof *start);
    pthread_t thread;
    if (start == NULL) return false;
    *start = (struct start){run, argument};
    if (pthread_create(&thread, NULL, enter, start) != 0) {
        free(start);
        return false;
    }
    pthread_detach(thread);
    return true;
}

void *platform_open_library(const char *path, char *error, size_t size) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(error, size, "%s", reason != NULL ? reason : path);
    }
    return library;
}

void *platform_symbol(void *library, const char *name) { return dlsym(library, name); }

void platform_pin(void) {
    Dl_info self;
    // The copy that is opened here is never closed.
    if (dladdr((void *)(uintptr_t)platform_pin, &self) != 0) (void)dlopen(self.dli_fname, RTLD_NOW | RTLD_NODELETE);
}
#endif

// The functions of the captask library that the addon calls, found when it is loaded.
#ifndef CAPTASK_NODE_LIBRARY_H
#define CAPTASK_NODE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void (*captask_log_sink)(int32_t level, const char *line, void *user);

// As include/captask.h declares and describes them.
struct captask {
    const char *(*version)(void);
    uint32_t (*version_num)(void);
    void (*free)(char *text);
    int32_t (*open)(const char *config, char **error);
    int32_t (*stop)(int32_t client);
    int32_t (*close)(int32_t handle);
    char *(*inspect)(int32_t handle);
    char *(*create_task)(int32_t client, const char *request);
    char *(*get_task_result)(int32_t client, const char *request);
    char *(*get_balance)(int32_t client);
    char *(*get_user_agent)(int32_t client);
    char *(*report_incorrect)(int32_t client, const char *request);
    char *(*call)(int32_t client, const char *method, const char *request);
    int64_t (*submit)(int32_t client, const char *request, char **error);
    char *(*receive_ticket)(int32_t client, int32_t timeout_ms, int64_t *ticket);
    int32_t (*wake)(int32_t client);
    int32_t (*cancel)(int32_t client, int64_t ticket);
    char *(*check)(const char *request);
    char *(*describe)(const char *topic);
    void (*set_log)(captask_log_sink sink, void *user, int32_t level);
    int32_t (*log_to)(const char *path, int32_t level, char **error);
    int32_t (*sandbox_open)(const char *config, char **error);
};

extern struct captask captask;

// Loads the library at `path` for the whole process; once it is there, does nothing. False, and the reason in `error`.
bool library_load(const char *path, char *error, size_t size);

#endif

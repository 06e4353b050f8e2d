// The functions that src/native.ts declares, each a thin layer over one function of the library. All of them are called on
// the thread of their environment, and none of them waits for the network.
#include "library.h"
#include "port.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 5 };

// The functions that calls() makes on a thread; the same numbers are in src/native.ts.
enum method { CREATE_TASK, GET_TASK_RESULT, GET_BALANCE, GET_USER_AGENT, REPORT_INCORRECT, CALL, CLOSE };

struct call {
    napi_env env;
    struct port *port;
    napi_value arguments[MOST_ARGUMENTS];
};

// Reads the arguments. False, with an exception, when the environment was not started.
static bool begin(struct call *call, napi_env env, napi_callback_info info) {
    size_t count = MOST_ARGUMENTS;
    void *data = NULL;
    call->env = env;
    napi_get_cb_info(env, info, &count, call->arguments, NULL, NULL);
    napi_get_instance_data(env, &data);
    call->port = data;
    if (call->port == NULL) napi_throw_error(env, NULL, "captask: the addon was not started");
    return call->port != NULL;
}

// The text of an argument, to be released with free; NULL for null and undefined. False, with an exception, for what has
// no form as a C text.
static bool text_of(napi_env env, napi_value value, char **text) {
    napi_valuetype type;
    size_t length, copied;
    *text = NULL;
    if (napi_typeof(env, value, &type) != napi_ok) return false;
    if (type == napi_null || type == napi_undefined) return true;
    if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok) {
        napi_throw_type_error(env, NULL, "captask: a string is needed");
        return false;
    }
    *text = malloc(length + 1);
    if (*text == NULL || napi_get_value_string_utf8(env, value, *text, length + 1, &copied) != napi_ok) {
        free(*text);
        *text = NULL;
        napi_throw_error(env, NULL, "captask: no memory for a text");
        return false;
    }
    if (memchr(*text, '\0', copied) != NULL) {
        free(*text);
        *text = NULL;
        napi_throw_type_error(env, NULL, "captask: a text must not hold U+0000");
        return false;
    }
    return true;
}

static int32_t number_of(napi_env env, napi_value value) {
    int32_t number = 0;
    napi_get_value_int32(env, value, &number);
    return number;
}

static bool truth_of(napi_env env, napi_value value) {
    bool truth = false;
    napi_get_value_bool(env, value, &truth);
    return truth;
}

static napi_value number(napi_env env, int64_t value) {
    napi_value result = NULL;
    napi_create_int64(env, value, &result);
    return result;
}

static napi_value truth(napi_env env, bool value) {
    napi_value result = NULL;
    napi_get_boolean(env, value, &result);
    return result;
}

// A text of the library as a string, or null for NULL; the text is released.
static napi_value string(napi_env env, char *text) {
    napi_value result = NULL;
    if (text == NULL) {
        napi_get_null(env, &result);
        return result;
    }
    napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &result);
    captask.free(text);
    return result;
}

// load(path): null, or why the library cannot be loaded.
static napi_value load(napi_env env, napi_callback_info info) {
    size_t count = 1;
    napi_value argument, result = NULL;
    char *path, error[1024] = "";
    napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
    if (!text_of(env, argument, &path) || path == NULL) return NULL;
    if (library_load(path, error, sizeof error)) {
        napi_get_null(env, &result);
    } else {
        napi_create_string_utf8(env, error, NAPI_AUTO_LENGTH, &result);
    }
    free(path);
    return result;
}

// start(handler): what handler is called with, port.h says. Once for each environment, after load.
static napi_value start(napi_env env, napi_callback_info info) {
    size_t count = 1;
    napi_value handler;
    void *port = NULL;
    napi_get_cb_info(env, info, &count, &handler, NULL, NULL);
    napi_get_instance_data(env, &port);
    if (port != NULL) return NULL;
    port = port_open(env, handler);
    if (port == NULL) {
        napi_throw_error(env, NULL, "captask: cannot join the event loop");
        return NULL;
    }
    napi_set_instance_data(env, port, NULL, NULL);
    return NULL;
}

static napi_value version(napi_env env, napi_callback_info info) {
    napi_value result = NULL;
    (void)info;
    napi_create_string_utf8(env, captask.version(), NAPI_AUTO_LENGTH, &result);
    return result;
}

// hold(whether): whether the loop has to stay for answers.
static napi_value hold(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    if (truth_of(env, call.arguments[0])) {
        napi_ref_threadsafe_function(env, call.port->loop);
    } else {
        napi_unref_threadsafe_function(env, call.port->loop);
    }
    return NULL;
}

// drain(): hands over the next messages, after the handler heard that there are more.
static napi_value drain(napi_env env, napi_callback_info info) {
    struct call call;
    if (begin(&call, env, info)) port_drain(call.port, env);
    return NULL;
}

static napi_value opened(struct call *call, int32_t (*open)(const char *, char **), bool client, bool journal) {
    char *config, *error;
    int32_t handle;
    if (!text_of(call->env, call->arguments[0], &config)) return NULL;
    handle = open(config, &error);
    free(config);
    if (handle == 0) return string(call->env, error);
    if (!port_add(call->port, handle, client, journal)) {
        captask.close(handle);
        napi_throw_error(call->env, NULL, "captask: no memory");
        return NULL;
    }
    return number(call->env, handle);
}

// open(config, journal): the handle, or the text of an error.
static napi_value open_client(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    return opened(&call, captask.open, true, truth_of(env, call.arguments[1]));
}

// sandboxOpen(config): the handle, or the text of an error.
static napi_value open_sandbox(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    return opened(&call, captask.sandbox_open, false, false);
}

// watch(client): has its answers received; false when there is no thread for it.
static napi_value watch(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    return truth(env, receiver_start(call.port, number_of(env, call.arguments[0])));
}

// leave(client): ends receiving without reading more; ENDED comes.
static napi_value leave(napi_env env, napi_callback_info info) {
    struct call call;
    if (begin(&call, env, info)) receiver_end(call.port, number_of(env, call.arguments[0]));
    return NULL;
}

static napi_value stop(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    return truth(env, captask.stop(number_of(env, call.arguments[0])) == 1);
}

// forget(handle): it is closed.
static napi_value forget(napi_env env, napi_callback_info info) {
    struct call call;
    if (begin(&call, env, info)) port_remove(call.port, number_of(env, call.arguments[0]));
    return NULL;
}

// submit(client, request): the ticket, or the text of an error.
static napi_value submit(napi_env env, napi_callback_info info) {
    struct call call;
    char *request, *error;
    int64_t ticket;
    if (!begin(&call, env, info) || !text_of(env, call.arguments[1], &request)) return NULL;
    ticket = captask.submit(number_of(env, call.arguments[0]), request, &error);
    free(request);
    return ticket != 0 ? number(env, ticket) : string(env, error);
}

static napi_value cancel(napi_env env, napi_callback_info info) {
    struct call call;
    int64_t ticket = 0;
    if (!begin(&call, env, info)) return NULL;
    napi_get_value_int64(env, call.arguments[1], &ticket);
    return truth(env, captask.cancel(number_of(env, call.arguments[0]), ticket) == 1);
}

static napi_value inspect(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    return string(env, captask.inspect(number_of(env, call.arguments[0])));
}

static napi_value asked(napi_env env, napi_callback_info info, char *(*ask)(const char *)) {
    struct call call;
    char *text, *answer;
    if (!begin(&call, env, info) || !text_of(env, call.arguments[0], &text)) return NULL;
    answer = ask(text);
    free(text);
    return string(env, answer);
}

static napi_value check(napi_env env, napi_callback_info info) { return asked(env, info, captask.check); }
static napi_value describe(napi_env env, napi_callback_info info) { return asked(env, info, captask.describe); }

static char *run_create_task(struct job *job) { return captask.create_task(job->handle, job->first); }
static char *run_get_task_result(struct job *job) { return captask.get_task_result(job->handle, job->first); }
static char *run_get_balance(struct job *job) { return captask.get_balance(job->handle); }
static char *run_get_user_agent(struct job *job) { return captask.get_user_agent(job->handle); }
static char *run_report_incorrect(struct job *job) { return captask.report_incorrect(job->handle, job->first); }
static char *run_call(struct job *job) { return captask.call(job->handle, job->first, job->second); }

static char *run_close(struct job *job) {
    captask.close(job->handle);
    return NULL;
}

static char *(*const runs[])(struct job *) = {
    [CREATE_TASK] = run_create_task,
    [GET_TASK_RESULT] = run_get_task_result,
    [GET_BALANCE] = run_get_balance,
    [GET_USER_AGENT] = run_get_user_agent,
    [REPORT_INCORRECT] = run_report_incorrect,
    [CALL] = run_call,
    [CLOSE] = run_close,
};

// call(number, method, handle, first, second): a RESULT of that number comes. False when there is no thread for it.
static napi_value call(napi_env env, napi_callback_info info) {
    struct call call;
    if (!begin(&call, env, info)) return NULL;
    int32_t method = number_of(env, call.arguments[1]);
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL || method < 0 || method > CLOSE) {
        free(job);
        return truth(env, false);
    }
    job->number = number_of(env, call.arguments[0]);
    job->run = runs[method];
    job->handle = number_of(env, call.arguments[2]);
    if (!text_of(env, call.arguments[3], &job->first) || !text_of(env, call.arguments[4], &job->second)) {
        free(job->first);
        free(job);
        return NULL;
    }
    return truth(env, method == CLOSE ? calls_alone(call.port, job) : calls_add(call.port, job));
}

// setLog(level): the most detailed level of the lines that the handler gets; 0 ends them.
static napi_value set_log(napi_env env, napi_callback_info info) {
    struct call call;
    if (begin(&call, env, info)) log_listen(call.port, number_of(env, call.arguments[0]));
    return NULL;
}

// logTo(path, level): null, or the text of an error.
static napi_value log_to(napi_env env, napi_callback_info info) {
    struct call call;
    char *path, *error;
    if (!begin(&call, env, info) || !text_of(env, call.arguments[0], &path)) return NULL;
    captask.log_to(path, number_of(env, call.arguments[1]), &error);
    free(path);
    return string(env, error);
}

NAPI_MODULE_INIT() {
    static const struct {
        const char *name;
        napi_callback function;
    } functions[] = {
        {"load", load}, {"start", start}, {"version", version}, {"hold", hold}, {"drain", drain},
        {"open", open_client}, {"sandboxOpen", open_sandbox}, {"watch", watch}, {"leave", leave}, {"stop", stop},
        {"forget", forget}, {"submit", submit}, {"cancel", cancel}, {"inspect", inspect}, {"check", check},
        {"describe", describe}, {"call", call}, {"setLog", set_log}, {"logTo", log_to},
    };
    platform_pin();
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_value function;
        if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function) !=
                napi_ok ||
            napi_set_named_property(env, exports, functions[i].name, function) != napi_ok) {
            return NULL;
        }
    }
    return exports;
}

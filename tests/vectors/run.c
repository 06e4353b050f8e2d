/* The shared vectors through captask.h; README.md beside this file says how a runner works. CAPTASK_VECTORS names the
 * folder with the vectors, CAPTASK_VECTORS_OUT the one that the results are written into. */

#define _POSIX_C_SOURCE 200809L

#include <glob.h>
#include <time.h>

#include "expect.h"

enum { MOST_TICKETS = 1100, MOST_NAMES = 16, RECEIVE_MS = 60000, UNTIL_TRIES = 2000 };

/* A ticket, and its answer once that is there. */
struct ticket {
    const char *name;
    int64_t number;
    char *answer;
};

/* One vector that runs. */
struct run {
    int32_t sandbox, client;
    struct {
        const char *name;
        char *json;
    } names[MOST_NAMES];
    size_t name_count, ticket_count;
    struct ticket tickets[MOST_TICKETS];
    struct why why;
};

static bool is(const json_t *step, const char *op) { return strcmp(json_string_value(json_object_get(step, "op")), op) == 0; }

static const char *text_of(const json_t *step, const char *name) { return json_string_value(json_object_get(step, name)); }

/* Keeps a value, as JSON text, under a name; takes over the text. */
static void keep(struct run *run, const char *name, char *json) {
    for (size_t i = 0; i < run->name_count; i++)
        if (strcmp(run->names[i].name, name) == 0) {
            free(run->names[i].json);
            run->names[i].json = json;
            return;
        }
    if (run->name_count == MOST_NAMES) {
        fprintf(stderr, "more than %d names in one vector\n", MOST_NAMES);
        exit(1);
    }
    run->names[run->name_count].name = name;
    run->names[run->name_count++].json = json;
}

/* Replaces each `from` in a text by `to`; takes over the text. */
static char *replaced(char *text, const char *from, const char *to) {
    for (char *at; (at = strstr(text, from)) != NULL;) {
        const size_t before = (size_t)(at - text), size = strlen(text) + strlen(to) + 1;
        char *longer = malloc(size);
        snprintf(longer, size, "%.*s%s%s", (int)before, text, to, at + strlen(from));
        free(text);
        text = longer;
    }
    return text;
}

/* The text of a value with its names filled in: the string "${id}" becomes the value, ${id} inside a string its text. */
static char *filled(const struct run *run, const json_t *value) {
    char *text = json_is_string(value) ? strdup(json_string_value(value)) : json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(15));
    for (size_t i = 0; i < run->name_count; i++) {
        char whole[80], part[80], bare[300];
        const char *json = run->names[i].json;
        snprintf(whole, sizeof whole, "\"${%s}\"", run->names[i].name);
        snprintf(part, sizeof part, "${%s}", run->names[i].name);
        text = replaced(text, whole, json);
        snprintf(bare, sizeof bare, "%.*s", (int)(strlen(json) - (*json == '"' ? 2 : 0)), json + (*json == '"'));
        text = replaced(text, part, bare);
    }
    return text;
}

static char *request_of(const struct run *run, const json_t *step) {
    const json_t *text = json_object_get(step, "requestText");
    return filled(run, text != NULL ? text : json_object_get(step, "request"));
}

/* Holds an answer, which it takes over, against a step, and saves what the step wants saved. */
static bool expected(struct run *run, const json_t *step, char *answer) {
    const char *name;
    json_t *pointer;
    char *error_id = captask_pick(answer, "/errorId"), *expect = filled(run, json_object_get(step, "expect"));
    const char *outcome = error_id != NULL && strcmp(error_id, "0") == 0 ? "answer" : "error";
    bool fine = strcmp(outcome, text_of(step, "outcome")) == 0 || fail(&run->why, "wrong outcome: ", answer);
    fine = fine && as_expected(answer, expect, &run->why);
    json_object_foreach(json_object_get(step, "save"), name, pointer) {
        json_t *tree = json_loads(answer, BY_VALUE, NULL);
        char *bare = captask_pick(answer, json_string_value(pointer));
        char *quoted = json_is_string(member(tree, json_string_value(pointer))) ? captask_quote(bare) : NULL;
        if (bare != NULL) keep(run, name, strdup(quoted != NULL ? quoted : bare));
        captask_free(quoted);
        captask_free(bare);
        json_decref(tree);
    }
    free(expect);
    captask_free(error_id);
    captask_free(answer);
    return fine;
}

static struct ticket *submitted(struct run *run, const json_t *step, const char *name) {
    if (run->ticket_count == MOST_TICKETS) return NULL;
    struct ticket *ticket = &run->tickets[run->ticket_count++];
    char *request = request_of(run, step);
    ticket->name = name;
    ticket->number = captask_submit(run->client, request, &ticket->answer);
    free(request);
    return ticket;
}

/* Receives one answer and gives it to its ticket; false when none came. */
static bool received_one(struct run *run) {
    int64_t number = 0;
    char *answer = captask_receive_ticket(run->client, RECEIVE_MS, &number);
    for (size_t i = 0; number != 0 && i < run->ticket_count; i++)
        if (run->tickets[i].number == number) {
            run->tickets[i].answer = answer;
            return true;
        }
    captask_free(answer);
    return false;
}

static struct ticket *named(struct run *run, const char *name) {
    for (size_t i = 0; i < run->ticket_count; i++)
        if (run->tickets[i].name != NULL && strcmp(run->tickets[i].name, name) == 0) return &run->tickets[i];
    return NULL;
}

static bool received(struct run *run, const json_t *step, struct ticket *ticket) {
    while (ticket->answer == NULL)
        if (!received_one(run)) return fail(&run->why, "the ticket has no answer", NULL);
    char *answer = ticket->answer;
    ticket->answer = NULL;
    ticket->number = 0;
    return expected(run, step, answer);
}

/* Whether a member differs in each answer of a batch. */
static bool distinct(struct run *run, const struct ticket *first, size_t count, const char *pointer) {
    json_t *seen = json_object();
    for (size_t i = 0; i < count; i++) {
        char *value = captask_pick(first[i].answer, pointer);
        if (value != NULL) json_object_set_new(seen, value, json_null());
        captask_free(value);
    }
    const bool all = json_object_size(seen) == count;
    json_decref(seen);
    return all || fail(&run->why, "not distinct: ", pointer);
}

static bool batch(struct run *run, const json_t *step) {
    const size_t count = (size_t)json_integer_value(json_object_get(step, "count"));
    struct ticket *first = &run->tickets[run->ticket_count];
    char index[24];
    size_t at;
    json_t *pointer;
    for (size_t i = 0; i < count; i++) {
        snprintf(index, sizeof index, "%zu", i);
        keep(run, "index", strdup(index));
        if (submitted(run, step, NULL) == NULL) return fail(&run->why, "too many tickets", NULL);
    }
    for (size_t i = 0; i < count; i++)
        while (first[i].answer == NULL)
            if (!received_one(run)) return fail(&run->why, "not all answers came", NULL);
    json_array_foreach(json_object_get(step, "distinct"), at, pointer)
        if (!distinct(run, first, count, json_string_value(pointer))) return false;
    for (size_t i = 0; i < count; i++) {
        snprintf(index, sizeof index, "%zu", i);
        keep(run, "index", strdup(index));
        if (!received(run, step, &first[i])) return false;
    }
    return true;
}

/* Counters, until they are as expected, that often at most. */
static bool inspected(struct run *run, const json_t *step, int tries) {
    const int32_t handle = strcmp(text_of(step, "of"), "client") == 0 ? run->client : run->sandbox;
    const struct timespec pause = {0, 5000000};
    char *expect = filled(run, json_object_get(step, "expect"));
    bool fine = false;
    for (int i = 0; i < tries && !fine; i++) {
        if (i > 0) nanosleep(&pause, NULL);
        char *counters = captask_inspect(handle);
        fine = as_expected(counters, expect, &run->why);
        captask_free(counters);
    }
    free(expect);
    if (fine) run->why.text[0] = '\0';
    return fine;
}

/* An open that is to fail. */
static bool refused(struct run *run, const json_t *step, int32_t (*open)(const char *, char **)) {
    char *error = NULL, *config = filled(run, json_object_get(step, "config"));
    const int32_t handle = open(config, &error);
    free(config);
    captask_close(handle);
    return handle == 0 ? expected(run, step, error) : fail(&run->why, "it opened", NULL);
}

static void close_client(struct run *run) {
    if (captask_stop(run->client) == 1)
        while (received_one(run)) {
        }
    captask_close(run->client);
}

/* Functions that take a client and a request. */
static char *(*asking(const json_t *step))(int32_t, const char *) {
    return is(step, "solve") || is(step, "adopt")   ? captask_solve
           : is(step, "create_task")                ? captask_create_task
           : is(step, "get_task_result")            ? captask_get_task_result
           : is(step, "report_incorrect")           ? captask_report_incorrect
                                                    : NULL;
}

static bool with_request(struct run *run, const json_t *step) {
    char *request = request_of(run, step), *answer;
    char *(*ask)(int32_t, const char *) = asking(step);
    answer = ask != NULL           ? ask(run->client, request)
             : is(step, "check")   ? captask_check(request)
                                   : captask_call(run->client, text_of(step, "method"), request);
    free(request);
    return expected(run, step, answer);
}

static bool performed(struct run *run, const json_t *step) {
    if (asking(step) != NULL || is(step, "check") || is(step, "call")) return with_request(run, step);
    if (is(step, "get_balance")) return expected(run, step, captask_get_balance(run->client));
    if (is(step, "get_user_agent")) return expected(run, step, captask_get_user_agent(run->client));
    if (is(step, "describe")) return expected(run, step, captask_describe(text_of(step, "topic")));
    if (is(step, "submit")) return submitted(run, step, text_of(step, "as")) != NULL;
    if (is(step, "batch")) return batch(run, step);
    if (is(step, "inspect")) return inspected(run, step, 1);
    if (is(step, "until")) return inspected(run, step, UNTIL_TRIES);
    if (is(step, "open")) return refused(run, step, captask_open);
    if (is(step, "open_sandbox")) return refused(run, step, captask_sandbox_open);
    if (is(step, "close")) {
        close_client(run);
        return true;
    }
    struct ticket *ticket = json_object_get(step, "of") != NULL ? named(run, text_of(step, "of")) : NULL;
    if (ticket == NULL) return fail(&run->why, "unknown: ", text_of(step, "op"));
    if (is(step, "receive")) return received(run, step, ticket);
    if (is(step, "cancel")) return captask_cancel(run->client, ticket->number) == 1 || fail(&run->why, "nothing to cancel", NULL);
    return fail(&run->why, "unknown: ", text_of(step, "op"));
}

static int32_t opened(struct run *run, const json_t *config, int32_t (*open)(const char *, char **)) {
    char *error = NULL, *text = filled(run, config);
    const int32_t handle = open(text, &error);
    if (handle == 0) fail(&run->why, "cannot open: ", error);
    captask_free(error);
    free(text);
    return handle;
}

static bool prepared(struct run *run, const json_t *vector) {
    const json_t *sandbox = json_object_get(vector, "sandbox"), *config = json_object_get(vector, "config");
    if (sandbox != NULL) {
        if ((run->sandbox = opened(run, sandbox, captask_sandbox_open)) == 0) return false;
        char *state = captask_inspect(run->sandbox), *url = captask_pick(state, "/url");
        char *quoted = captask_quote(url), *host = captask_quote(strstr(url, "//") + 2);
        keep(run, "sandbox", strdup(quoted));
        keep(run, "host", strdup(host));
        captask_free(state);
        captask_free(url);
        captask_free(quoted);
        captask_free(host);
    }
    return config == NULL || (run->client = opened(run, config, captask_open)) != 0;
}

/* Runs a vector; returns "ok" or what is wrong, as a string of jansson. */
static json_t *result_of(const json_t *vector) {
    struct run *run = calloc(1, sizeof *run);
    size_t number;
    json_t *step, *result;
    bool fine = prepared(run, vector);
    json_array_foreach(json_object_get(vector, "steps"), number, step) {
        if (fine && !(fine = performed(run, step))) break;
    }
    captask_close(run->client);
    captask_close(run->sandbox);
    result = fine ? json_string("ok") : json_sprintf("step %d: %s", (int)number + 1, run->why.text);
    if (result == NULL) result = json_string("failed, and the reason is not UTF-8");
    for (size_t i = 0; i < run->ticket_count; i++) captask_free(run->tickets[i].answer);
    for (size_t i = 0; i < run->name_count; i++) free(run->names[i].json);
    free(run);
    return result;
}

static void run_file(const char *path, json_t *results) {
    json_error_t error;
    json_t *group = json_load_file(path, 0, &error), *vector;
    size_t index;
    if (group == NULL) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        exit(1);
    }
    json_array_foreach(json_object_get(group, "vectors"), index, vector) {
        const char *name = text_of(vector, "name");
        json_t *result = result_of(vector);
        if (strcmp(json_string_value(result), "ok") == 0) printf("ok vectors c: %s\n", name);
        else printf("FAILED vectors c: %s: %s\n", name, json_string_value(result));
        fflush(stdout);
        json_object_set_new(results, name, result);
    }
    json_decref(group);
}

int main(void) {
    char path[4096];
    glob_t files;
    json_t *results = json_object(), *result;
    const char *name, *folder = getenv("CAPTASK_VECTORS"), *out = getenv("CAPTASK_VECTORS_OUT");
    int failed = 0;
    snprintf(path, sizeof path, "%s/*.json", folder != NULL ? folder : "tests/vectors");
    if (glob(path, 0, NULL, &files) != 0) {
        fprintf(stderr, "there are no vectors: %s\n", path);
        return 1;
    }
    for (size_t i = 0; i < files.gl_pathc; i++)
        if (strstr(files.gl_pathv[i], "/schema.json") == NULL) run_file(files.gl_pathv[i], results);
    globfree(&files);
    json_object_foreach(results, name, result) failed |= strcmp(json_string_value(result), "ok") != 0;
    json_t *report = json_pack("{s:s,s:o}", "language", "C", "results", results);
    if (out != NULL && snprintf(path, sizeof path, "%s/c.json", out) > 0 && json_dump_file(report, path, JSON_INDENT(1)) != 0) {
        fprintf(stderr, "%s cannot be written\n", path);
        failed = 1;
    }
    json_decref(report);
    return failed;
}

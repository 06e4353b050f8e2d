/* captask_log_to: lines in a file or on standard error, beside a sink or alone, by a call or by the environment. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define KEY "very-secret-key"

#ifdef _WIN32
#include <direct.h>
#define NAME "lines"
#define make_folder(path) _mkdir(path)
#else
#include "child.h"
#include <sys/resource.h>
#include <sys/wait.h>
#define NAME "lines-\xc3\xa9"
#define make_folder(path) mkdir(path, 0700)
#endif

static char folder[128], path[192], other[192];

static void work_once(void) {
    int32_t client = open_client("{\"endpoint\":\"sandbox:\",\"clientKey\":\"" KEY "\"}");
    CHECK_TAKE_CODE(captask_create_task(client, "{" TASK "}"), NULL);
    CHECK(captask_close(client) == 1);
}

/* The whole file, to be freed; "" when there is none. */
static char *contents(const char *name) {
    FILE *file = fopen(name, "rb");
    char *text = calloc(1, 1 << 20);
    if (text == NULL) abort();
    if (file != NULL) {
        if (fread(text, 1, (1 << 20) - 1, file) == 0) text[0] = '\0';
        fclose(file);
    }
    return text;
}

static int lines(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) count += *text == '\n';
    return count;
}

static int lines_of(const char *name) {
    char *text = contents(name);
    int count = lines(text);
    free(text);
    return count;
}

static void log_to(const char *where, int32_t level) {
    char *error = (char *)"not null";
    CHECK(captask_log_to(where, level, &error) == 1);
    if (error != NULL) check_fail(__FILE__, __LINE__, "no error", error);
}

static void refused(const char *where, int32_t level) {
    char *error = NULL;
    CHECK(captask_log_to(where, level, NULL) == 0);
    CHECK(captask_log_to(where, level, &error) == 0);
    CHECK_TAKE_CODE(error, "CAPTASK_INVALID_ARGUMENT");
}

static void lines_are_appended(void) {
    char *text, year[8];
    time_t now = time(NULL);
    int info, all;
    log_to(path, CAPTASK_LOG_INFO);
    work_once();
    log_to(NULL, CAPTASK_LOG_OFF);
    info = lines_of(path);
    work_once();
    CHECK(info > 0 && lines_of(path) == info);
    log_to(path, CAPTASK_LOG_TRACE);
    work_once();
    log_to(NULL, CAPTASK_LOG_TRACE);
    text = contents(path);
    all = lines(text);
    CHECK(all > 2 * info);
    strftime(year, sizeof year, "%Y", gmtime(&now));
    CHECK(strncmp(text, year, 4) == 0);
    CHECK(strstr(text, " info: client ") != NULL && strstr(text, " debug: ") != NULL);
    CHECK(strstr(text, KEY) == NULL);
    free(text);
    log_to(path, CAPTASK_LOG_OFF);
    work_once();
    CHECK(lines_of(path) == all);
    log_to(NULL, 0);
}

static void a_wrong_call_changes_nothing(void) {
    int before;
    log_to(path, CAPTASK_LOG_INFO);
    before = lines_of(path);
    refused("\xff", CAPTASK_LOG_INFO);
    refused(other, -1);
    refused(other, 6);
    refused("", CAPTASK_LOG_INFO);
    refused(folder, CAPTASK_LOG_INFO);
    refused("/no/such/folder/file", CAPTASK_LOG_INFO);
    refused(NULL, 7);
    work_once();
    CHECK(lines_of(path) > before);
    CHECK(lines_of(other) == 0);
    log_to(NULL, 0);
}

static long seen;

static void count(int32_t level, const char *line, void *user) {
    (void)line;
    (void)user;
    CHECK(level <= CAPTASK_LOG_INFO);
    __atomic_add_fetch(&seen, 1, __ATOMIC_RELAXED);
}

static void sink_and_file_have_their_own_levels(void) {
    int before = lines_of(path);
    long told;
    captask_set_log(count, NULL, CAPTASK_LOG_INFO);
    log_to(path, CAPTASK_LOG_TRACE);
    work_once();
    told = __atomic_load_n(&seen, __ATOMIC_RELAXED);
    CHECK(told > 0 && lines_of(path) - before > told);
    log_to(NULL, 0);
    before = lines_of(path);
    work_once();
    CHECK(__atomic_load_n(&seen, __ATOMIC_RELAXED) > told && lines_of(path) == before);
    captask_set_log(NULL, NULL, 0);
}

/* As logs are rotated. */
static void a_file_is_moved_away(void) {
    int before;
    log_to(path, CAPTASK_LOG_INFO);
    work_once();
    log_to(other, CAPTASK_LOG_INFO);
    before = lines_of(path);
    work_once();
    CHECK(lines_of(path) == before && lines_of(other) > 0);
    log_to(NULL, 0);
}

#ifndef _WIN32
static void the_file_is_its_owners_alone(void) {
    struct stat found;
    mode_t mask = umask(0);
    remove(other);
    log_to(other, CAPTASK_LOG_INFO);
    umask(mask);
    CHECK(stat(other, &found) == 0 && (found.st_mode & 0777) == 0600);
    log_to(NULL, 0);
    /* One that is there keeps its rights. */
    CHECK(chmod(other, 0640) == 0);
    log_to(other, CAPTASK_LOG_INFO);
    CHECK(stat(other, &found) == 0 && (found.st_mode & 0777) == 0640);
    log_to(NULL, 0);
}

static void links_and_pipes_are_refused(void) {
    char name[224], *error = NULL, *description;
    int pipe;
    snprintf(name, sizeof name, "%s/link", folder);
    CHECK(symlink(other, name) == 0);
    CHECK(captask_log_to(name, CAPTASK_LOG_INFO, &error) == 0);
    description = captask_pick(error, "/errorDescription");
    CHECK(description != NULL && strstr(description, "symbolic link") != NULL);
    captask_free(description);
    captask_free(error);
    remove(name);
    CHECK(symlink("/no/such/file", name) == 0);
    refused(name, CAPTASK_LOG_INFO);
    remove(name);
    /* Nobody reads it: to open it would block. */
    CHECK(mkfifo(name, 0600) == 0);
    refused(name, CAPTASK_LOG_INFO);
    pipe = open(name, O_RDONLY | O_NONBLOCK);
    CHECK(pipe >= 0);
    refused(name, CAPTASK_LOG_INFO);
    close(pipe);
    remove(name);
    log_to("/dev/null", CAPTASK_LOG_TRACE);
    work_once();
    log_to(NULL, 0);
}

static void a_full_disk_does_no_harm(void) {
    if (access("/dev/full", W_OK) != 0) return;
    log_to("/dev/full", CAPTASK_LOG_TRACE);
    work_once();
    log_to(NULL, 0);
}

static void to_standard_error(void) {
    log_to("-", CAPTASK_LOG_INFO);
    work_once();
    log_to(NULL, 0);
}

static void a_dash_is_standard_error(void) {
    char name[224];
    snprintf(name, sizeof name, "%s/stderr", folder);
    CHECK(in_a_child(name, to_standard_error) == 0);
    CHECK(lines_of(name) > 0);
    remove(name);
}

/* A signal would end the process. */
static void into_a_pipe_without_a_reader(void) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    to_standard_error();
}

static void beyond_the_largest_file(void) {
    struct rlimit limit = {64, 64};
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    to_standard_error();
    log_to(path, CAPTASK_LOG_TRACE);
    work_once();
}

static void no_signal_comes_of_a_line(void) {
    char name[224];
    snprintf(name, sizeof name, "%s/stderr", folder);
    CHECK(in_a_child(name, into_a_pipe_without_a_reader) == 0);
    CHECK(in_a_child(name, beyond_the_largest_file) == 0);
    remove(name);
}

static void a_child_starts_without_the_file(void) {
    char name[224];
    int before;
    snprintf(name, sizeof name, "%s/stderr", folder);
    log_to(path, CAPTASK_LOG_TRACE);
    before = lines_of(path);
    CHECK(in_a_child(name, work_once) == 0);
    CHECK(lines_of(path) == before);
    remove(name);
    log_to(NULL, 0);
}

/* Runs this program anew with those variables, by the command of run.sh for programs of another machine; what it writes to
 * standard error is in `name` then. */
static int with_environment(const char *self, const char *level, const char *file, const char *name) {
    char command[1024];
    const char *run = getenv("RUN");
    snprintf(command, sizeof command, "%s%s%s%s %s %s work 2>%s", level == NULL ? "" : "CAPTASK_LOG=",
             level == NULL ? "" : level, file == NULL ? "" : " CAPTASK_LOG_FILE=", file == NULL ? "" : file,
             run == NULL ? "" : run, self, name);
    remove(name);
    return system(command);
}

static const char *self;

static void the_environment_does_the_same(void) {
    char name[224], made[224], nowhere[256];
    char *text;
    int info;
    snprintf(name, sizeof name, "%s/stderr", folder);
    snprintf(made, sizeof made, "%s/made", folder);
    snprintf(nowhere, sizeof nowhere, "%s/no/folder", folder);
    CHECK(with_environment(self, "info", NULL, name) == 0);
    info = lines_of(name);
    CHECK(info > 0);
    CHECK(with_environment(self, "debug", NULL, name) == 0);
    CHECK(lines_of(name) > info);
    CHECK(with_environment(self, "off", NULL, name) == 0);
    CHECK(lines_of(name) == 0);
    CHECK(with_environment(self, "INFO", made, name) == 0);
    CHECK(lines_of(name) == 0 && lines_of(made) == info);
    remove(made);
    CHECK(with_environment(self, NULL, made, name) == 0);
    CHECK(lines_of(name) == 0 && lines_of(made) == info);
    CHECK(with_environment(self, "loud", NULL, name) == 0);
    text = contents(name);
    CHECK(lines(text) == info + 1 && strstr(text, "CAPTASK_LOG: there is no such level") != NULL);
    free(text);
    CHECK(with_environment(self, "info", nowhere, name) == 0);
    text = contents(name);
    CHECK(lines(text) == info + 1 && strstr(text, "CAPTASK_LOG_FILE: ") != NULL);
    free(text);
    remove(made);
    remove(name);
}
#endif

int main(int argc, char **argv) {
    CHECK_BEGIN();
    if (argc > 1 && strcmp(argv[1], "work") == 0) {
        work_once();
        return CHECK_END();
    }
    snprintf(folder, sizeof folder, "captask-log-%ld", (long)getpid());
    CHECK(make_folder(folder) == 0);
    snprintf(path, sizeof path, "%s/" NAME, folder);
    snprintf(other, sizeof other, "%s/other", folder);
    RUN(lines_are_appended);
    RUN(a_wrong_call_changes_nothing);
    RUN(sink_and_file_have_their_own_levels);
    RUN(a_file_is_moved_away);
#ifndef _WIN32
    self = argv[0];
    RUN(the_file_is_its_owners_alone);
    RUN(links_and_pipes_are_refused);
    RUN(a_full_disk_does_no_harm);
    RUN(a_dash_is_standard_error);
    RUN(no_signal_comes_of_a_line);
    RUN(a_child_starts_without_the_file);
    RUN(the_environment_does_the_same);
#endif
    remove(path);
    remove(other);
    CHECK(rmdir(folder) == 0);
    return CHECK_END();
}

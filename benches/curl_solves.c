/*
 * Solves, all at once, through libcurl's multi interface on at most LIMIT connections: curl_solves URL COUNT LIMIT
 *
 * Written to be quick: LIMIT easy handles are made once and used again, requests that find none free wait in queues of
 * the program's own, and the fixed waits make those queues first in, first out.
 */

#include "common.h"
#include <curl/curl.h>

enum stage { CREATE, EARLY, LATE };

struct solve {
    char id[32];
    double due;
    enum stage stage;
};

struct slot {
    CURL *easy;
    struct solve *solve;
    size_t length;
    char body[512], answer[16384];
};

/* A queue that holds each solve once at a time. */
struct queue {
    struct solve **items;
    long first, last;
};

static char create_url[256], result_url[256];

static size_t take(char *data, size_t size, size_t count, void *user) {
    struct slot *slot = user;
    size_t length = size * count;
    if (slot->length + length >= sizeof slot->answer) return 0;
    memcpy(slot->answer + slot->length, data, length);
    slot->length += length;
    slot->answer[slot->length] = 0;
    return length;
}

static struct queue new_queue(long count) {
    return (struct queue){calloc((size_t)count, sizeof(struct solve *)), 0, 0};
}

static void put(struct queue *queue, struct solve *solve) {
    queue->items[queue->last++] = solve;
}

/* The first of a queue whose time has come. */
static struct solve *due(struct queue *queue, double time) {
    if (queue->first == queue->last || queue->items[queue->first]->due > time) return NULL;
    return queue->items[queue->first++];
}

static void start(CURLM *multi, struct slot *slot, struct solve *solve) {
    slot->solve = solve;
    slot->length = 0;
    if (solve->stage == CREATE) {
        snprintf(slot->body, sizeof slot->body, "{\"clientKey\":\"" KEY "\",\"task\":" TASK "}");
    } else {
        snprintf(slot->body, sizeof slot->body, "{\"clientKey\":\"" KEY "\",\"taskId\":%s}", solve->id);
    }
    curl_easy_setopt(slot->easy, CURLOPT_URL, solve->stage == CREATE ? create_url : result_url);
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDS, slot->body);
    curl_multi_add_handle(multi, slot->easy);
}

/* Reads a finished request's answer and puts the solve where it belongs; 1 when it is solved. */
static int finish(struct slot *slot, struct queue *early, struct queue *late) {
    struct solve *solve = slot->solve;
    if (strstr(slot->answer, "\"errorId\":0") == NULL) die("answer", slot->answer);
    if (solve->stage == CREATE) {
        char *id = strstr(slot->answer, "\"taskId\":");
        if (id == NULL || sscanf(id + 9, "%31[0-9]", solve->id) != 1) die("createTask", slot->answer);
        solve->stage = EARLY;
        solve->due = now() + FIRST_MS / 1e3;
        put(early, solve);
        return 0;
    }
    if (strstr(slot->answer, "\"status\":\"ready\"") != NULL) return 1;
    if (solve->stage == LATE) die("not three requests a solve", slot->answer);
    solve->stage = LATE;
    solve->due = now() + INTERVAL_MS / 1e3;
    put(late, solve);
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "curl_solves URL [COUNT [LIMIT]]");
    long count = number(argv, argc, 2, 2000), limit = number(argv, argc, 3, 64), solved = 0, idle = limit, requests = 0;
    const char *roots = getenv("BENCH_ROOTS");
    snprintf(create_url, sizeof create_url, "%s/createTask", argv[1]);
    snprintf(result_url, sizeof result_url, "%s/getTaskResult", argv[1]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limit);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, limit);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    struct slot *slots = calloc((size_t)limit, sizeof *slots), **free_slots = calloc((size_t)limit, sizeof *free_slots);
    for (long i = 0; i < limit; i++) {
        CURL *easy = slots[i].easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &slots[i]);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &slots[i]);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 21000L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        if (roots != NULL) curl_easy_setopt(easy, CURLOPT_CAINFO, roots);
        free_slots[i] = &slots[i];
    }
    struct mark begin = mark();
    struct queue queues[3] = {new_queue(count), new_queue(count), new_queue(count)};
    struct solve *solves = calloc((size_t)count, sizeof *solves);
    for (long i = 0; i < count; i++) put(&queues[CREATE], &solves[i]);
    while (solved < count) {
        double time = now();
        for (int i = LATE; i >= CREATE; i--) {
            struct solve *solve;
            while (idle > 0 && (solve = due(&queues[i], time)) != NULL) start(multi, free_slots[--idle], solve);
        }
        int running, left;
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        int finished = 0;
        while ((message = curl_multi_info_read(multi, &left)) != NULL) {
            struct slot *slot;
            CURL *easy = message->easy_handle;
            if (message->data.result != CURLE_OK) die("request", curl_easy_strerror(message->data.result));
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&slot);
            curl_multi_remove_handle(multi, easy);
            free_slots[idle++] = slot;
            finished = 1;
            requests++;
            if (finish(slot, &queues[EARLY], &queues[LATE]) && solved++ % 100 == 0) look();
        }
        if (finished) continue;
        int wait = 1000;
        for (int i = EARLY; i <= LATE && idle > 0; i++) {
            if (queues[i].first == queues[i].last) continue;
            int until = (int)((queues[i].items[queues[i].first]->due - now()) * 1e3) + 1;
            if (until < wait) wait = until < 0 ? 0 : until;
        }
        curl_multi_poll(multi, NULL, 0, wait, NULL);
    }
    report(begin, count, requests);
    for (long i = 0; i < limit; i++) curl_easy_cleanup(slots[i].easy);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    return 0;
}

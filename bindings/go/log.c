#include "log.h"

#include <captask.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 16384 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct captaskgo_line *first, **last = &first;
static int count;
static uint64_t reader_now, lost;

static void take(int32_t level, const char *text, void *user) {
    size_t size = strlen(text) + 1;
    struct captaskgo_line *line = malloc(sizeof *line + size);
    (void)user;
    if (line != NULL) {
        line->next = NULL;
        line->level = level;
        line->text = memcpy(line + 1, text, size);
    }
    pthread_mutex_lock(&lock);
    if (line != NULL && count < ROOM) {
        line->reader = reader_now;
        *last = line;
        last = &line->next;
        count++;
        line = NULL;
        pthread_cond_signal(&changed);
    } else {
        lost++;
    }
    pthread_mutex_unlock(&lock);
    free(line);
}

uint64_t captaskgo_log_start(int32_t level) {
    uint64_t reader;
    pthread_mutex_lock(&lock);
    reader = ++reader_now;
    pthread_mutex_unlock(&lock);
    captask_set_log(take, NULL, level);
    return reader;
}

void captaskgo_log_end(void) {
    captask_set_log(NULL, NULL, CAPTASK_LOG_OFF);
    pthread_mutex_lock(&lock);
    reader_now++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

// Takes the first line out of the queue, which has one.
static struct captaskgo_line *pop(void) {
    struct captaskgo_line *line = first;
    first = line->next;
    if (first == NULL) last = &first;
    count--;
    return line;
}

struct captaskgo_line *captaskgo_log_next(uint64_t reader, uint64_t *dropped) {
    struct captaskgo_line *line = NULL;
    pthread_mutex_lock(&lock);
    for (;;) {
        // A reader before this one has left them.
        while (first != NULL && first->reader < reader) {
            free(pop());
            lost++;
        }
        if (first != NULL || reader != reader_now) break;
        pthread_cond_wait(&changed, &lock);
    }
    if (first != NULL && first->reader == reader) line = pop();
    *dropped = lost;
    lost = 0;
    pthread_mutex_unlock(&lock);
    return line;
}

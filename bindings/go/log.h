// Log lines on their way from the library's threads to a goroutine. No thread of the library waits for Go.
#ifndef CAPTASK_GO_LOG_H
#define CAPTASK_GO_LOG_H

#include <stdint.h>

struct captaskgo_line {
    struct captaskgo_line *next;
    uint64_t reader;
    const char *text;    // behind this struct, in the same allocation
    int32_t level;
};

// Has lines queued from `level` on, and returns the number of their reader, which is above those before it.
uint64_t captaskgo_log_start(int32_t level);

// Queues no more lines. The reader before gets what is queued, and then NULL.
void captaskgo_log_end(void);

// Waits for a line, which the caller frees, or returns NULL when there are no more for this reader. `dropped` counts the
// lines that were dropped since the call before: they had no room, or their reader has left them.
struct captaskgo_line *captaskgo_log_next(uint64_t reader, uint64_t *dropped);

#endif

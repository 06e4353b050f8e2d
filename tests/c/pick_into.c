/* captask_pick_into: what captask_pick takes out, in a buffer of the caller's that is never overrun. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#define JSON "{\"a\":\"text\",\"u\":\"a\\u00e9\\u6f22\\ud83d\\ude00z\",\"n\":-0.10,\"o\":{\"b\":[1, 2]},\"z\":\"x\\u0000y\",\"e\":\"\"}"

/* Picks into a buffer of that size between two fences. */
static void picked(const char *pointer, size_t size, int64_t length, const char *text) {
    char buffer[64];
    memset(buffer, '#', sizeof buffer);
    if (captask_pick_into(JSON, pointer, buffer + 1, size) != length) check_fail(__FILE__, __LINE__, pointer, "a length");
    if (size > 0) CHECK_TEXT(buffer + 1, text);
    CHECK(buffer[0] == '#' && buffer[1 + size] == '#');
}

static void it_is_what_captask_pick_gives(void) {
    picked("/a", 60, 4, "text");
    picked("/n", 60, 5, "-0.10");
    picked("/o", 60, 12, "{\"b\":[1, 2]}");
    picked("/o/b/1", 60, 1, "2");
    picked("/e", 60, 0, "");
    picked("/u", 60, 11, "a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80z");
}

static void it_is_cut_between_characters(void) {
    static const size_t whole[] = {0, 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    const char *text = "a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80z";
    size_t size;
    for (size = 0; size < sizeof whole / sizeof *whole; size++) {
        char wanted[16];
        memcpy(wanted, text, whole[size]);
        wanted[whole[size]] = '\0';
        picked("/u", size, 11, wanted);
    }
    picked("/a", 5, 4, "text");
    picked("/a", 4, 4, "tex");
    picked("/a", 1, 4, "");
}

static void without_a_buffer_the_length_is_told(void) {
    CHECK(captask_pick_into(JSON, "/a", NULL, 0) == 4);
    CHECK(captask_pick_into(JSON, "/o", NULL, 0) == 12);
    CHECK(captask_pick_into(JSON, "/x", NULL, 0) == -1);
    CHECK(captask_pick_into(JSON, "/a", NULL, 8) == -1);
}

static void what_is_not_there_is_told(void) {
    char buffer[8] = "before";
    picked("/x", 60, -1, "");
    picked("/z", 60, -1, "");
    picked("no pointer", 60, -1, "");
    CHECK(captask_pick_into(NULL, "/a", buffer, sizeof buffer) == -1);
    CHECK_TEXT(buffer, "");
    CHECK(captask_pick_into(JSON, NULL, buffer, sizeof buffer) == -1);
    CHECK(captask_pick_into("{\"a\":", "/a", buffer, sizeof buffer) == -1);
    CHECK(captask_pick_into("\xff", "", buffer, sizeof buffer) == -1);
    CHECK(captask_pick_into(JSON, "/\xff", buffer, sizeof buffer) == -1);
    CHECK(captask_pick_into(NULL, NULL, NULL, 0) == -1);
}

static void a_size_beyond_all_memory_is_no_harm(void) {
    char buffer[8];
    CHECK(captask_pick_into(JSON, "/a", buffer, (size_t)-1) == 4);
    CHECK_TEXT(buffer, "text");
}

static void the_text_may_be_in_the_buffer(void) {
    char buffer[] = JSON;
    CHECK(captask_pick_into(buffer, "/o", buffer, sizeof buffer) == 12);
    CHECK_TEXT(buffer, "{\"b\":[1, 2]}");
    CHECK(captask_pick_into(buffer, "/b/0", buffer + 3, 2) == 1);
}

int main(void) {
    CHECK_BEGIN();
    RUN(it_is_what_captask_pick_gives);
    RUN(it_is_cut_between_characters);
    RUN(without_a_buffer_the_length_is_told);
    RUN(what_is_not_there_is_told);
    RUN(a_size_beyond_all_memory_is_no_harm);
    RUN(the_text_may_be_in_the_buffer);
    return CHECK_END();
}

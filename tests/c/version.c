/* What needs neither a client nor a network: the version, memory, and the helpers for JSON. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

static void the_version_is_that_of_the_header(void) {
    char text[32];
    CHECK_TEXT(captask_version(), CAPTASK_VERSION);
    CHECK(captask_version_num() == CAPTASK_VERSION_NUM);
    CHECK(CAPTASK_VERSION_NUM == (CAPTASK_VERSION_MAJOR << 16 | CAPTASK_VERSION_MINOR << 8 | CAPTASK_VERSION_PATCH));
    snprintf(text, sizeof text, "%d.%d.%d", CAPTASK_VERSION_MAJOR, CAPTASK_VERSION_MINOR, CAPTASK_VERSION_PATCH);
    CHECK_TEXT(captask_version(), text);
    CHECK(captask_version() == captask_version());
}

static void bytes_become_base64(void) {
    CHECK_TAKE_TEXT(captask_base64("", 0), "");
    CHECK_TAKE_TEXT(captask_base64(NULL, 0), "");
    CHECK_TAKE_TEXT(captask_base64("f", 1), "Zg==");
    CHECK_TAKE_TEXT(captask_base64("fo", 2), "Zm8=");
    CHECK_TAKE_TEXT(captask_base64("foo", 3), "Zm9v");
    CHECK_TAKE_TEXT(captask_base64("\xff\x00\xfe\x3f", 4), "/wD+Pw==");
    CHECK_TAKE_CODE(captask_base64(NULL, 1), "CAPTASK_INVALID_ARGUMENT");
    CHECK_TAKE_CODE(captask_base64("x", (size_t)-1), "CAPTASK_INVALID_ARGUMENT");
}

static void texts_are_quoted(void) {
    CHECK_TAKE_TEXT(captask_quote(""), "\"\"");
    CHECK_TAKE_TEXT(captask_quote("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    CHECK_TAKE_TEXT(captask_quote("\n\t\x01"), "\"\\n\\t\\u0001\"");
    CHECK_TAKE_TEXT(captask_quote("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"");
    CHECK_NULL(captask_quote(NULL));
    CHECK_NULL(captask_quote("\xff"));
    CHECK_NULL(captask_quote("\xed\xa0\x80")); /* half of a surrogate pair */
    CHECK_NULL(captask_quote("\xc0\xaf"));     /* too long a form of "/" */
}

static void values_are_picked(void) {
    static const char json[] =
        "{\"a\":{\"b\":[10,20,{\"c\":\"x\\u00e9\\n\"}]},\"\":1,\"a/b\":2,\"m~n\":3,\"big\":12345678901234567890,"
        "\"decimal\":0.10,\"none\":null,\"nul\":\"\\u0000\",\"e\":\"\"}";
    CHECK_PICK(json, "", json);
    CHECK_PICK(json, "/a/b/1", "20");
    CHECK_PICK(json, "/a/b/2", "{\"c\":\"x\\u00e9\\n\"}");
    CHECK_PICK(json, "/a/b/2/c", "x\xc3\xa9\n");
    CHECK_PICK(json, "/", "1");
    CHECK_PICK(json, "/a~1b", "2");
    CHECK_PICK(json, "/m~0n", "3");
    CHECK_PICK(json, "/big", "12345678901234567890");
    CHECK_PICK(json, "/decimal", "0.10");
    CHECK_PICK(json, "/none", "null");
    CHECK_PICK(json, "/e", "");
    CHECK_NULL(captask_pick(json, "/nul"));
    CHECK_NULL(captask_pick(json, "/a/b/3"));
    CHECK_NULL(captask_pick(json, "/a/b/01"));
    CHECK_NULL(captask_pick(json, "/a/b/-"));
    CHECK_NULL(captask_pick(json, "a"));
    CHECK_NULL(captask_pick(json, "/m~2n"));
    CHECK_NULL(captask_pick(json, NULL));
    CHECK_NULL(captask_pick(NULL, ""));
    CHECK_NULL(captask_pick("\xff", ""));
    CHECK_NULL(captask_pick("{\"a\":", "/a"));
    CHECK_NULL(captask_pick("", ""));
}

static void requests_are_checked(void) {
    char *answer = captask_check("{" TASK "}");
    CHECK_PICK(answer, "/variant", "recaptcha_v2");
    CHECK_TAKE_CODE(answer, NULL);
    answer = captask_check("{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":7}}");
    CHECK_PICK(answer, "/problems/0/pointer", "/task/websiteURL");
    CHECK_TAKE_CODE(answer, "CAPTASK_INVALID_TASK");
    answer = captask_check("{\"task\":{\"type\":\"TypeOfTomorrow\"}}");
    CHECK_PICK(answer, "/warnings/0/pointer", "/task/type");
    CHECK_TAKE_CODE(answer, NULL);
}

static void topics_are_described(void) {
    static const char *const topics[] = {"tasks", "task/recaptcha_v2", "errors", "error/ERROR_ZERO_BALANCE",
                                         "error/CAPTASK_TIMEOUT", "methods", "config", "request", "sandbox", NULL};
    size_t i;
    for (i = 0; i < sizeof topics / sizeof *topics; i++) CHECK_TAKE_CODE(captask_describe(topics[i]), NULL);
    CHECK_TAKE_CODE(captask_describe("weather"), "CAPTASK_UNKNOWN_TOPIC");
    CHECK_TAKE_CODE(captask_describe(""), "CAPTASK_UNKNOWN_TOPIC");
    CHECK_TAKE_CODE(captask_describe("\xff"), "CAPTASK_INVALID_ARGUMENT");
}

int main(void) {
    CHECK_BEGIN();
    captask_free(NULL);
    RUN(the_version_is_that_of_the_header);
    RUN(bytes_become_base64);
    RUN(texts_are_quoted);
    RUN(values_are_picked);
    RUN(requests_are_checked);
    RUN(topics_are_described);
    return CHECK_END();
}

/* getBalance, one after another, through one libcurl easy handle with keep-alive: curl_calls URL COUNT */

#include "common.h"
#include <curl/curl.h>

struct answer {
    size_t length;
    char text[16384];
};

static size_t take(char *data, size_t size, size_t count, void *user) {
    struct answer *answer = user;
    size_t length = size * count;
    if (answer->length + length >= sizeof answer->text) return 0;
    memcpy(answer->text + answer->length, data, length);
    answer->length += length;
    answer->text[answer->length] = 0;
    return length;
}

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "curl_calls URL [COUNT]");
    long count = number(argv, argc, 2, 2000);
    const char *roots = getenv("BENCH_ROOTS");
    char url[256];
    static struct answer answer;
    snprintf(url, sizeof url, "%s/getBalance", argv[1]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "{\"clientKey\":\"" KEY "\"}");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 21000L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (roots != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, roots);
    struct mark start = mark();
    for (long i = 0; i < count; i++) {
        answer.length = 0;
        CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK) die("getBalance", curl_easy_strerror(code));
        if (strstr(answer.text, "\"errorId\":0") == NULL) die("getBalance", answer.text);
    }
    report(start, count, count);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    return 0;
}

/* What a vector expects of an answer, for the runner in C. JSON is jansson's (MIT, in every distribution): it keeps the
 * order of members, and reads whole numbers of any length as doubles, which is what "numbers by value" needs. */

#ifndef CAPTASK_VECTORS_EXPECT_H
#define CAPTASK_VECTORS_EXPECT_H

#include <jansson.h>
#include <math.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "captask.h"

#define BY_VALUE (JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL)

/* Why the vector failed; empty while all is well. */
struct why {
    char text[2000];
};

static bool fail(struct why *why, const char *what, const char *detail) {
    snprintf(why->text, sizeof why->text, "%s%s", what, detail ? detail : "");
    return false;
}

/* The member that an RFC 6901 pointer names, borrowed; NULL when it is not there. */
static json_t *member(json_t *tree, const char *pointer) {
    char name[256];
    while (tree != NULL && *pointer == '/') {
        size_t length = 0;
        for (pointer++; *pointer != '\0' && *pointer != '/' && length + 1 < sizeof name; pointer++) {
            char byte = *pointer;
            if (byte == '~') byte = *++pointer == '1' ? '/' : '~';
            name[length++] = byte;
        }
        name[length] = '\0';
        tree = json_is_array(tree) ? json_array_get(tree, (size_t)strtoul(name, NULL, 10)) : json_object_get(tree, name);
    }
    return tree;
}

static bool of_type(const json_t *found, const char *type) {
    static const struct {
        json_type type;
        const char *name;
    } names[] = {{JSON_STRING, "string"}, {JSON_OBJECT, "object"}, {JSON_ARRAY, "array"}, {JSON_NULL, "null"},
                 {JSON_TRUE, "boolean"},  {JSON_FALSE, "boolean"}, {JSON_REAL, "number"}};
    if (strcmp(type, "integer") == 0) return json_is_real(found) && floor(json_real_value(found)) == json_real_value(found);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (json_typeof(found) == names[i].type && strcmp(names[i].name, type) == 0) return true;
    return false;
}

static bool matches(const char *text, const char *pattern) {
    regex_t compiled;
    if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0) return false;
    const bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static bool one_of(const json_t *found, const json_t *choices) {
    size_t index;
    json_t *choice;
    json_array_foreach(choices, index, choice) if (json_equal(found, choice)) return true;
    return false;
}

static bool in_range(const json_t *found, const json_t *low, const json_t *high) {
    return json_is_real(found) && (low != NULL || high != NULL) &&
           (low == NULL || json_real_value(found) >= json_real_value(low)) &&
           (high == NULL || json_real_value(found) <= json_real_value(high));
}

/* Whether the exact text of a number is this. */
static bool written(const char *answer, const char *pointer, const char *wanted) {
    char *text = captask_pick(answer, pointer);
    const bool same = text != NULL && strcmp(text, wanted) == 0;
    captask_free(text);
    return same;
}

static bool holds(const char *answer, const char *pointer, json_t *found, const json_t *wanted) {
    const json_t *value;
    if (json_object_get(wanted, "absent") != NULL) return found == NULL;
    if (found == NULL) return false;
    if ((value = json_object_get(wanted, "equals")) != NULL) return json_equal(found, value);
    if ((value = json_object_get(wanted, "text")) != NULL)
        return json_is_real(found) && written(answer, pointer, json_string_value(value));
    if ((value = json_object_get(wanted, "type")) != NULL) return of_type(found, json_string_value(value));
    if ((value = json_object_get(wanted, "pattern")) != NULL)
        return json_is_string(found) && matches(json_string_value(found), json_string_value(value));
    if ((value = json_object_get(wanted, "oneOf")) != NULL) return one_of(found, value);
    return in_range(found, json_object_get(wanted, "min"), json_object_get(wanted, "max"));
}

/* Whether the answer's members are as the text of `expect` wants them. */
static bool as_expected(const char *answer, const char *expect, struct why *why) {
    json_t *tree = json_loads(answer, BY_VALUE, NULL), *wanted = json_loads(expect, BY_VALUE, NULL), *expectation;
    const char *pointer;
    bool all = tree != NULL || fail(why, "no JSON: ", answer);
    json_object_foreach(wanted, pointer, expectation) {
        if (!all || holds(answer, pointer, member(tree, pointer), expectation)) continue;
        char *text = json_dumps(expectation, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        snprintf(why->text, sizeof why->text, "%s: wanted %s in %s", pointer, text, answer);
        free(text);
        all = false;
    }
    json_decref(tree);
    json_decref(wanted);
    return all;
}

#endif

/* The header can be included twice, from C99 and from C++17. */
#include "captask.h"
#include "captask.h"

#include <stdio.h>
#include <string.h>

int main(void) {
    int same = strcmp(captask_version(), CAPTASK_VERSION) == 0 && captask_version_num() == CAPTASK_VERSION_NUM;
#ifdef __cplusplus
    printf("%s the header twice in C++\n", same ? "ok" : "not ok");
#else
    printf("%s the header twice in C\n", same ? "ok" : "not ok");
#endif
    return !same;
}

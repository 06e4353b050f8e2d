/* Faults of a program, planted to see that AddressSanitizer tells of them (make sanitize-address): texts that are never
 * released, or, with an argument, one that is read after that. */
#include <stdio.h>

#include "captask.h"

int main(int argc, char **argv) {
    char *text = NULL;
    int n;
    (void)argv;
    /* Many: the last ones may still be in a register. */
    for (n = 0; n < 100; n++) text = captask_quote("planted");
    if (argc > 1) {
        captask_free(text);
        printf("%c\n", text[1]);
    }
    return 0;
}

/* Linked by Microsoft's kind of linker with captask.lib and nothing else. Its status is 0 when header and library are of
 * one version. */

#include <captask.h>

int start(void) {
    return captask_version_num() != CAPTASK_VERSION_NUM;
}

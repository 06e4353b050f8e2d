/*
 * Wine 8 has no bcryptprimitives.dll, from which Rust's standard library takes its random bytes. Every Windows has it;
 * this stand-in is for tests under Wine and is never shipped.
 */

#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return RtlGenRandom(data, (ULONG)length);
}

#!/bin/sh
# imports.sh LIBRARY: what the shipped library does not even import, it cannot do to its host: signal handlers, work at
# the end of the process, another locale, environment, folder, file mask or limit, other programs.
set -eu
forbidden='atexit __cxa_atexit __cxa_at_quick_exit at_quick_exit on_exit exit _exit quick_exit
signal bsd_signal sysv_signal sigaction sigset sigaltstack sigvec siginterrupt alarm setitimer timer_create kill raise
setlocale uselocale newlocale setenv putenv unsetenv clearenv environ chdir fchdir umask
setrlimit setrlimit64 prlimit prlimit64 setpriority setuid setgid prctl
fork vfork clone execve execv execvp posix_spawn posix_spawnp system popen
stdout stderr printf fprintf puts fputs perror vprintf vfprintf syslog dup dup2 dup3'
imports=$(nm -D --undefined-only "$1" | awk '{ sub(/@.*/, "", $NF); print $NF }')
bad=
for name in $forbidden; do
    case "
$imports
" in *"
$name
"*) bad="$bad $name" ;; esac
done
test -z "$bad" || { echo "not ok the library imports$bad"; exit 1; }
# The list is worth something only if the search is.
echo "$imports" | grep -qx pthread_create || { echo "not ok no imports were found"; exit 1; }
echo "ok the library imports nothing that would change its host"

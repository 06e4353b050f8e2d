#!/bin/sh
# Tests the fleet: Redis, Celery workers and the sandbox, all real, on ports of their own.
# Usage: run.sh LIBRARY FOLDER, where FOLDER is for what is installed, and for the logs of the workers.
#
# What is missing is printed; with CI set in the environment, that is a failure.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}

missing() {
    echo "fleet-test: skipped: $1 is missing"
    test -z "${CI:-}"
    exit
}
command -v redis-server >/dev/null || missing "redis-server (Debian: redis-server)"
"$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || missing "CPython 3.10 or later with venv"
test -e "/proc/self/task/$$/children" || test -e /proc/thread-self/children || missing "Linux' /proc with the children of a process"

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
"$python" -m venv "$folder/venv"
pip="$folder/venv/bin/pip --quiet --disable-pip-version-check"
$pip install -r "$here/requirements.txt"
# A copy is built, so that no leftovers of a build lie in the source tree.
cp -r "$here/../../bindings/python" "$folder/python"
CAPTASK_LIBRARY=$library $pip install --no-deps "$folder/python"

# All at once: they mostly wait.
export TEST_LOGS="$folder/logs"
cd "$here"
running=
for name in kill limits redis mistakes; do
    "$folder/venv/bin/python" -B -m unittest -v "tests.test_$name" >"$folder/$name" 2>&1 &
    running="$running $!"
done
status=0
for program in $running; do
    wait "$program" || status=$?
done
cat "$folder/mistakes" "$folder/limits" "$folder/redis" "$folder/kill"
test "$status" = 0 || echo "the logs of the workers are in $folder/logs"
exit "$status"

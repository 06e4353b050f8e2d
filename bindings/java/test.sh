#!/bin/sh
# Builds the jar around a shared library, and runs its tests with Maven and again from the jar in an empty folder.
# Usage: test.sh LIBRARY FOLDER, where FOLDER is for what is built.
set -eu

library=$(realpath "$1")
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
name=java-test
. "$here/build.sh"
needs_java
# They would come before the library in the jar, or change what the tests see.
unset CAPTASK_LIBRARY CAPTASK_CLIENT_KEY CAPTASK_CATALOGUE CAPTASK_LOG CAPTASK_LOG_FILE CAPTASK_VECTORS CAPTASK_VECTORS_OUT

echo "== the tests, with Maven"
build verify
cd "$folder/empty"
echo "== the tests, from the jar in an empty folder"
java -Dcaptask.test.package="$here" -cp "$folder/jars/*:$folder/test-jars/*:$folder/source/target/test-classes" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=summary \
    --scan-classpath "$folder/source/target/test-classes" --fail-if-no-tests >"$folder/tests.log" 2>&1 ||
    { cat "$folder/tests.log"; exit 1; }
grep "tests successful" "$folder/tests.log"
echo "== the program of the README, as a user of the module"
sed -n '/^```java$/,/^```$/p' "$here/README.md" | sed '/^```java$/d; /^```$/,$d' >Solve.java
javac --module-path "$folder/jars" --add-modules captask -d . Solve.java
java --module-path "$folder/jars" --add-modules captask -cp . Solve >module.log
grep -qx sandbox-token module.log || { cat module.log; exit 1; }
echo "ok java: the program of the README as a user of the module"

# Virtual threads came with Java 21.
java21=$(newer_java)
if [ -z "$java21" ]; then
    echo "java-test: skipped: a Java of 21 or later, for virtual threads, is missing: set JAVA21_HOME"
    test -z "${CI:-}"
    exit
fi
echo "== virtual threads, with $("$java21/bin/java" -version 2>&1 | head -n 1)"
"$java21/bin/java" -Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1 \
    --enable-native-access=ALL-UNNAMED -cp "$folder/jars/*" "$here/src/test/virtual/VirtualThreads.java"

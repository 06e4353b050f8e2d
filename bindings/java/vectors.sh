#!/bin/sh
# Runs the shared vectors (tests/vectors) with the jar. CAPTASK_VECTORS is the folder of the vectors.
# Usage: vectors.sh LIBRARY FOLDER, where FOLDER is for what is built; a second run takes what is there.
set -eu

library=$(realpath "$1")
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
name=vectors-test
. "$here/build.sh"
needs_java
unset CAPTASK_LIBRARY CAPTASK_CLIENT_KEY CAPTASK_CATALOGUE

if [ -e "$folder/built" ]; then
    folder=$(cd "$folder" && pwd)
else
    build package -DskipTests -Dmaven.source.skip
    touch "$folder/built"
fi
java -Dcaptask.test.package="$here" -cp "$folder/jars/*:$folder/test-jars/*:$folder/source/target/test-classes" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=none \
    --select-class captask.vectors.VectorsTest --fail-if-no-tests

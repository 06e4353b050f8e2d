# What test.sh, vectors.sh and bench/run.py have in common. They set here, library, folder and name.

# Ends the script when there is no Java or Maven: skipped, and failed under CI.
needs_java() {
    missing=
    command -v mvn >/dev/null || missing="Maven (mvn)"
    command -v javac >/dev/null && [ "$(javac -version 2>&1 | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 17 ] ||
        missing="${missing:+$missing and }a JDK of Java 17 or later (javac)"
    if [ -n "$missing" ]; then
        echo "$name: skipped: $missing is missing"
        test -z "${CI:-}" || exit 1
        exit 0
    fi
}

# Runs a phase of Maven in a copy, so that nothing of a build lies in the source tree. Leaves the jar and what it needs in
# FOLDER/jars, what only tests need in FOLDER/test-jars, the tests in FOLDER/source/target/test-classes.
build() {
    rm -rf "$folder"
    mkdir -p "$folder/source" "$folder/jars" "$folder/test-jars" "$folder/empty"
    folder=$(cd "$folder" && pwd)
    cp -r "$here"/pom.xml "$here"/LICENSE-* "$here/src" "$folder/source"
    cd "$folder/source"
    mvn --quiet --batch-mode "$@" dependency:copy-dependencies -Dcaptask.bundle="$library" -Dcaptask.package="$here" \
        -DoutputDirectory="$folder/all-jars"
    cp target/captask-*.jar "$folder/jars"
    rm -f "$folder"/jars/*-sources.jar
    mv "$folder"/all-jars/jna-*.jar "$folder"/all-jars/gson-*.jar "$folder"/all-jars/error_prone_annotations-*.jar "$folder/jars"
    mv "$folder"/all-jars/*.jar "$folder/test-jars"
    jar --list --file "$(ls "$folder"/jars/captask-*.jar)" | grep -qE '(linux|darwin|win32)-[a-z0-9-]+/' || {
        echo "$name: the jar has no native library" >&2
        exit 1
    }
}

# The home of a Java 21 or later; nothing when there is none.
newer_java() {
    for home in "${JAVA21_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(realpath "$(command -v java)")")")" /usr/lib/jvm/*; do
        if [ -x "$home/bin/java" ] && [ -f "$home/release" ] &&
            [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")" -ge 21 ]; then
            echo "$home"
            return
        fi
    done
}

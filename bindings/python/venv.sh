# Sourced by test.sh and source.sh: a new virtual environment in $folder. Sets python and pip; name is the test's.
python=${PYTHON:-python3}

if ! "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    echo "$name: skipped: CPython 3.9 or later with venv is missing"
    test -z "${CI:-}"
    exit
fi

pip() { "$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }

rm -rf "$folder"
mkdir -p "$folder"
"$python" -m venv "$folder/venv"

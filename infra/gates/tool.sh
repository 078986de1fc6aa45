# Read by the gates: a folder of tools from PyPI, kept under cargo's target folder, is as its list says or is made anew.
tools="${CARGO_TARGET_DIR:-target}/gates"

tool() {
    local name="$1" list="infra/gates/$2"
    if ! cmp --silent "$list" "$tools/$name/installed"; then
        rm -rf "${tools:?}/$name"
        python3 -m venv "$tools/$name"
        "$tools/$name/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"
        cp "$list" "$tools/$name/installed"
    fi
}

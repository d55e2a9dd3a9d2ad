#!/usr/bin/env bash
# Lists Go files that gofmt or gofumpt would change, and fails if there are any;
# with -w changes them.
set -euo pipefail

mapfile -t files < <(git ls-files -co --exclude-standard '*.go' | grep -v -e '^gen/' -e '/gen/')
existing=()
for f in "${files[@]}"; do [ -f "$f" ] && existing+=("$f"); done
gofumpt=(go tool -modfile=tools/go.mod gofumpt)
if [ "${1-}" = -w ]; then
	"${gofumpt[@]}" -w "${existing[@]}"
	exit
fi
wrong=$({
	gofmt -l "${existing[@]}"
	"${gofumpt[@]}" -l "${existing[@]}"
} | sort -u)
[ -z "$wrong" ] && exit
printf 'not formatted (make fix repairs it):\n%s\n' "$wrong" >&2
exit 1

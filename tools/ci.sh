#!/usr/bin/env bash
# Runs make targets one after another, each with its time, until one fails. What
# go test said stands at the end again, since that is what is looked for there.
set -euo pipefail

said=$(mktemp)
trap 'rm -f "$said"' EXIT
times=
for target; do
	echo "==> $target"
	began=$SECONDS
	if ! make --no-print-directory "$target" 2>&1 | tee -a "$said"; then
		echo "==> $target FAILED after $((SECONDS - began)) s"
		exit 1
	fi
	times+=$(printf '%6d s  %s' $((SECONDS - began)) "$target")$'\n'
	echo "==> $target: $((SECONDS - began)) s"
done
printf '\n%s%6d s  in all\n\n' "$times" "$SECONDS"
grep -E '^(ok|FAIL|\?|---) *[[:space:]]' "$said"

#!/usr/bin/env bash
# Runs every fuzz test of the module for the given time each. What a fuzz test
# finds is written into its package's testdata: commit it.
set -euo pipefail

grep -rHoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal server client | sed -E 's/func //' | sort |
	while IFS=: read -r file name; do
		echo "==> $(dirname "$file") $name"
		go test -run '^$' -fuzz "^$name\$" -fuzztime "$1" "./$(dirname "$file")"
	done

#!/usr/bin/env bash
# Fails if the given paths are not as committed: what is generated is committed
# as it was generated, or readers see something else than runs.
set -euo pipefail

changed=$(git status --porcelain --untracked-files=all -- "$@")
[ -z "$changed" ] && exit
printf 'generated files differ from what is committed; run make gen and commit:\n%s\n' "$changed" >&2
git --no-pager diff --stat -- "$@" >&2
exit 1

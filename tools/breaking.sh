#!/usr/bin/env bash
# Compares the schema with the last one on main: what others rely on may grow
# and does not change. On main itself it compares with the schema before the
# last change of it.
set -euo pipefail

base=
for branch in origin/main main; do
	base=$(git rev-parse -q --verify "$branch^{commit}") && break
done
if [ -z "$base" ] || { [ "$base" = "$(git rev-parse HEAD)" ] && git diff --quiet HEAD -- proto; }; then
	changed=$(git rev-list -1 HEAD -- proto)
	base=$(git rev-parse -q --verify "$changed^^{commit}") || base=
fi
if [ -z "$base" ] || ! git cat-file -e "$base:proto" 2>/dev/null; then
	echo "breaking: no earlier schema in this clone (first commit, or shallow), nothing to compare with"
	exit
fi
echo "breaking: against $(git log -1 --format='%h %s' "$base")"
rm -rf .against && mkdir .against
trap 'rm -rf .against' EXIT
# buf cannot take the commit itself: the third-party schemas are not in it.
git archive "$base" buf.yaml proto | tar -x -C .against
cp -r .protodeps .against/
"${BUF:-tools/node_modules/.bin/buf}" breaking --against .against

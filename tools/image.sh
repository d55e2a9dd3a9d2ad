#!/usr/bin/env bash
# Proves the last stage of docs/deploy/Dockerfile where no container engine runs: its own
# commands make /image in a folder, and from there, with nothing else to see and as its
# user, a payment is made and the health command answers.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
user=$(sed -n 's/^USER //p' docs/deploy/Dockerfile)
read -ra vars < <(sed -n 's/^ENV //p' docs/deploy/Dockerfile)

export VERSION=image-test
sed -n 's/^RUN //p' docs/deploy/Dockerfile | sed "s#/image#$work/image#g" > "$work/steps"
[ "$(wc -l < "$work/steps")" -eq 3 ] # download, build, the rest of the image
bash -euo pipefail "$work/steps"
find "$work/image" | sort | sed "s#$work##"

inside=(chroot --userspec="$user" "$work/image")
if [ "$(id -u)" -ne 0 ]; then inside=(unshare --map-root-user chroot "$work/image"); else chown "$user" "$work/image/data"; fi
"${inside[@]}" /kessai --version | grep -qx "$VERSION"
env -i PATH="$PATH" "${vars[@]}" "${inside[@]}" /kessai --listen 127.0.0.1:0 --grpc-listen 127.0.0.1:0 --simulator-listen 127.0.0.1:0 > "$work/out" 2> "$work/log" &
server=$!
for _ in $(seq 100); do
  base=$(sed -n 's/^kessai *\(http:[^ ]*\).*/\1/p' "$work/out")
  [ -z "$base" ] || break
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
"${inside[@]}" /kessai health --server "$base" --ready
curl -sS "$base/v1/payments" -H 'Authorization: Bearer sk_test_demo' -H 'Idempotency-Key: a1' \
  -d '{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}' | tee "$work/answer"
grep -q '"STATE_AUTHORIZED"' "$work/answer"
echo
env -i PATH="$PATH" "${vars[@]}" "${inside[@]}" /kessai backup --to /data/backups
env -i PATH="$PATH" "${vars[@]}" "${inside[@]}" /kessai drill --from /data/backups
kill "$server"
wait "$server" && server=
echo "the image's files serve a payment"

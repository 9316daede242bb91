#!/bin/sh
# Says the credentials in credential.json beside it. TAKES: seconds that a call takes; ALONE: a call fails while another is under way;
# LAST: seconds until the credentials have to be asked for again, 0 for never.
set -eu
dir=$(dirname "$0")
if [ "${ALONE:-}" ]; then
  exec 9>"$dir/lock"
  if ! flock --nonblock 9; then
    echo refused >>"$dir/calls"
    echo "another login is under way" >&2
    exit 1
  fi
fi
sleep "$TAKES"
echo given >>"$dir/calls"
if [ "$LAST" = 0 ]; then
  cat "$dir/credential.json"
else
  expires=$(date --utc --date="+$LAST seconds" +%Y-%m-%dT%H:%M:%SZ)
  sed "s/\"status\":{/\"status\":{\"expirationTimestamp\":\"$expires\",/" "$dir/credential.json"
fi

#!/bin/bash
# Stands before the node's OCI runtime while a mutant is on: containerd finds it first. It changes what the mutant says,
# for the suite's own pods alone, and runs the real one.
set -o errexit -o nounset -o pipefail
real=/usr/sbin/runc
mutant=/run/gateproof-mutant # config.jq, process.jq, hook.sh: each may be absent

verb='' bundle='' process='' root='' args=("$@")
for ((i = 0; i < ${#args[@]}; i++)); do
  case ${args[i]} in
  --root) root=${args[i + 1]}; i=$((i + 1)) ;;
  --bundle) bundle=${args[i + 1]}; i=$((i + 1)) ;;
  --process) process=${args[i + 1]}; i=$((i + 1)) ;;
  --log | --log-format | --pid-file | --console-socket) i=$((i + 1)) ;;
  --*) ;;
  *) [ "$verb" ] || verb=${args[i]} ;;
  esac
done
id=${args[-1]}
[ "$verb" != kill ] || id=${args[-2]}

case $verb in create | start | exec | kill | delete) ;; *) exec "$real" "$@" ;; esac

# The bundle of a container that is there already is in the runtime's own state.
state() { "$real" --root "$root" state "$1" 2>/dev/null; }
[ "$bundle" ] || bundle=$(state "$id" | jq -r .bundle 2>/dev/null || true)
config=$bundle/config.json
namespace='' type='' name='' sandbox=''
[ ! -r "$config" ] || mapfile -t said < <(jq -r '("sandbox-namespace", "container-type", "container-name", "sandbox-id") as $key | .annotations["io.kubernetes.cri." + $key] // ""' "$config")
[ -z "${said[*]:-}" ] || namespace=${said[0]} type=${said[1]} name=${said[2]} sandbox=${said[3]}

# rewrite FILE FILTER: what the filters may ask for is said in runtime.yaml.
rewrite() {
  local out
  out=$(mktemp "$1.XXXX")
  jq --arg type "$type" --arg name "$name" --arg again "$(again)" --arg first "$(first)" --arg any "$(any "$2")" --arg old "" --from-file "$2" "$1" >"$out"
  mv "$out" "$1"
}

# first is the PID of the first container that was started in the sandbox, "" for none yet.
first() {
  local id
  id=$(cat "$mutant/first-$sandbox" 2>/dev/null) || return 0
  state "$id" | jq -r 'select(.status == "running" or .status == "created") | .pid'
}

again() { [ ! -e "$mutant/seen-$sandbox-$name" ] || echo yes; }

# any is the PID of a process in a namespace that belongs to no pod. It is started when a filter asks for it first.
any() {
  grep -q '[$]any' "$1" || return 0
  (
    flock 9
    if [ ! -e $mutant/any.pid ]; then
      setsid unshare --pid --fork --mount-proc sleep infinity </dev/null >/dev/null 2>&1 9>&- &
      until pgrep --parent $! >$mutant/any.part; do sleep 0.05; done
      mv $mutant/any.part $mutant/any.pid
    fi
  ) 9>$mutant/any.lock
  cat $mutant/any.pid
}

remember() {
  [ "$type" = container ] || return 0
  [ "$(first)" ] || echo "$id" >"$mutant/first-$sandbox"
  mkdir -p "$mutant/of-$sandbox"
  touch "$mutant/seen-$sandbox-$name" "$mutant/of-$sandbox/$id"
}

case $namespace in
gateproof-*)
  case $verb in
  create)
    [ ! -e $mutant/config.jq ] || rewrite "$config" $mutant/config.jq
    "$real" "$@"
    remember
    exit
    ;;
  exec) [ ! -e $mutant/process.jq ] || rewrite "$process" $mutant/process.jq ;;
  esac
  [ ! -e $mutant/hook.sh ] || . $mutant/hook.sh
  ;;
esac
exec "$real" "$@"

#!/bin/bash
# Stands before the node's OCI runtime while a change is on: containerd finds it first. It does what the change says, for the
# suite's own pods alone, and runs the real one.
set -o errexit -o nounset -o pipefail
real=/usr/sbin/runc
altered=/run/gateproof-altered # config.jq, process.jq, key.jq, hook.sh: each may be absent

verb='' bundle='' process='' root='' log='' args=("$@")
for ((i = 0; i < ${#args[@]}; i++)); do
  case ${args[i]} in
  --root) root=${args[i + 1]}; i=$((i + 1)) ;;
  --bundle) bundle=${args[i + 1]}; i=$((i + 1)) ;;
  --process) process=${args[i + 1]}; i=$((i + 1)) ;;
  --log) log=${args[i + 1]}; i=$((i + 1)) ;;
  --log-format | --pid-file | --console-socket) i=$((i + 1)) ;;
  --*) ;;
  *) [ "$verb" ] || verb=${args[i]} ;;
  esac
done
id=${args[-1]}
[ "$verb" != kill ] || id=${args[-2]}

# What the change has nothing to do with costs nothing: probes alone are an exec a second.
case $verb in
create) ;;
exec) [ -e $altered/process.jq ] || [ -e $altered/hook.sh ] || exec "$real" "$@" ;;
start | kill | delete) [ -e $altered/hook.sh ] || exec "$real" "$@" ;;
*) exec "$real" "$@" ;;
esac

# The bundle of a container that is there already is where containerd has it, or else in the runtime's own state.
state() { "$real" --root "$root" state "$1" 2>/dev/null; }
[ "$bundle" ] || bundle=/run/containerd/io.containerd.runtime.v2.task/k8s.io/$id
[ -r "$bundle/config.json" ] || bundle=$(state "$id" | jq -r .bundle 2>/dev/null || true)
config=$bundle/config.json
namespace='' type='' name='' sandbox='' key=''
[ ! -r "$config" ] || mapfile -t said < <(jq -r '("sandbox-namespace", "container-type", "container-name", "sandbox-id") as $key | .annotations["io.kubernetes.cri." + $key] // ""' "$config")
[ -z "${said[*]:-}" ] || namespace=${said[0]} type=${said[1]} name=${said[2]} sandbox=${said[3]}

# rewrite FILE FILTER. What filters may ask for: Asked in filter.go.
rewrite() {
  local out
  out=$(mktemp "$1.XXXX")
  jq --arg type "$type" --arg name "$name" --arg again "$(again)" --arg first "$(asks first "$2" && first)" --arg any "$(asks any "$2" && any)" --arg kin "$(kin)" --arg old "" --from-file "$2" "$1" >"$out"
  mv "$out" "$1"
}

# asks VARIABLE FILE... says whether one of the filters asks for it.
asks() { grep -qs "[$]$1" "${@:2}"; }

# first is the PID of the first container that was started in the sandbox, "" for none yet.
first() {
  local id
  id=$(cat "$altered/first-$sandbox" 2>/dev/null) || return 0
  state "$id" | jq -r 'select(.status == "running" or .status == "created") | .pid'
}

again() { [ ! -e "$altered/seen-$sandbox-$name" ] || echo yes; }

# any is the PID of a process in a namespace that belongs to no pod. It is started when a filter asks for it first.
any() {
  (
    flock 9
    if [ ! -e $altered/any.pid ]; then
      setsid unshare --pid --fork --mount-proc sleep infinity </dev/null >/dev/null 2>&1 9>&- &
      until pgrep --parent $! >$altered/any.part; do sleep 0.05; done
      mv $altered/any.part $altered/any.pid
    fi
  ) 9>$altered/any.lock
  cat $altered/any.pid
}

# key is what the container is taken for; "" for nothing. It is that of the configuration as the kubelet asked for it.
key() {
  [ "$type" = container ] && [ -e $altered/key.jq ] || return 0
  jq --raw-output --arg type "$type" --arg name "$name" --from-file $altered/key.jq "$config" | sed 's/^null$//'
}

kin_of() { echo "$altered/kin-$(sha256sum <<<"$1" | cut -c1-16)"; }

# kin is the PID of the first living container of the same key, "" for none yet.
kin() {
  [ "$key" ] || return 0
  local id
  id=$(cat "$(kin_of "$key")" 2>/dev/null) || return 0
  state "$id" | jq -r 'select(.status == "running" or .status == "created") | .pid'
}

# refuse WORDS has the create fail, in words that containerd hands on.
refuse() {
  [ -z "$log" ] || jq --null-input --compact-output --arg msg "$*" '{level: "error", msg: $msg}' >>"$log"
  exit 1
}

create() {
  [ ! -e $altered/config.jq ] || rewrite "$config" $altered/config.jq
  "$real" "$@" 8>&- # the lock ends with this script
  remember
}

remember() {
  [ "$type" = container ] || return 0
  [ -z "$key" ] || [ "$(kin)" ] || echo "$id" >"$(kin_of "$key")"
  ! asks first $altered/config.jq $altered/process.jq || [ "$(first)" ] || echo "$id" >"$altered/first-$sandbox"
  mkdir -p "$altered/of-$sandbox"
  touch "$altered/seen-$sandbox-$name" "$altered/of-$sandbox/$id"
}

case $namespace in
gateproof-*)
  case $verb in
  create)
    [ ! -e $altered/hook.sh ] || . $altered/hook.sh
    key=$(key)
    if [ "$key" ]; then # one after the other: the first one is the kin of the second
      exec 8>$altered/kin.lock
      flock 8
    fi
    create "$@"
    exit
    ;;
  exec) [ ! -e $altered/process.jq ] || rewrite "$process" $altered/process.jq ;;
  esac
  [ ! -e $altered/hook.sh ] || . $altered/hook.sh
  ;;
esac
exec "$real" "$@"

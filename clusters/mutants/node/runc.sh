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

# The bundle of a container that is there already is in the runtime's own state.
state() { "$real" --root "$root" state "$1" 2>/dev/null; }
[ "$bundle" ] || bundle=$(state "$id" | jq -r .bundle 2>/dev/null || true)
config=$bundle/config.json
ours() {
  [ -r "$config" ] || return 1
  case $(jq -r '.annotations["io.kubernetes.cri.sandbox-namespace"] // ""' "$config") in gateproof-*) ;; *) return 1 ;; esac
}

# rewrite FILE FILTER: $type is container or sandbox, $name the container's, $dir a folder for what must be remembered.
rewrite() {
  local out type name sandbox
  type=$(jq -r '.annotations["io.kubernetes.cri.container-type"]' "$config")
  name=$(jq -r '.annotations["io.kubernetes.cri.container-name"] // ""' "$config")
  sandbox=$(jq -r '.annotations["io.kubernetes.cri.sandbox-id"]' "$config")
  out=$(mktemp "$1.XXXX")
  jq --arg type "$type" --arg name "$name" --arg first "$(first "$sandbox")" --arg any "$(any)" --from-file "$2" "$1" >"$out"
  mv "$out" "$1"
}

# first is the PID of the first container that was started in the sandbox, any that of the first sandbox of all: "" for none yet.
first() { pid "$(cat "$mutant/first-$1" 2>/dev/null || true)"; }
any() { pid "$(cat "$mutant/any" 2>/dev/null || true)"; }
pid() { [ -z "$1" ] || state "$1" | jq -r 'select(.status == "running" or .status == "created") | .pid'; }

remember() {
  local sandbox type
  type=$(jq -r '.annotations["io.kubernetes.cri.container-type"]' "$config")
  sandbox=$(jq -r '.annotations["io.kubernetes.cri.sandbox-id"]' "$config")
  case $type in
  container) [ "$(first "$sandbox")" ] || echo "$id" >"$mutant/first-$sandbox" ;;
  sandbox) [ "$(any)" ] || echo "$id" >"$mutant/any" ;;
  esac
}

if ours; then
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
fi
exec "$real" "$@"

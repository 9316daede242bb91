#!/usr/bin/env bash
# Runs the suite as the action's inputs (GATE_*) say, and tells GitHub what it found. The verdict is in the output
# exit-code: a red suite must not keep the reports from being uploaded. Only inputs that make no sense fail this step.
set -euo pipefail

fail() {
  echo "::error title=input::$1"
  echo "gateproof: $1" >&2
  exit 2
}

absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }

targets=()
[ -z "${GATE_NODE_IMAGE:-}" ] || targets+=(node-image)
[ -z "${GATE_VERSION:-}" ] || targets+=(version)
[ -z "${GATE_KUBECONFIG:-}" ] || targets+=(kubeconfig)
[ ${#targets[@]} -le 1 ] || fail "${targets[*]}: name one of them; each says what is tested"

# Paths are the caller's, the suite runs in its own repository.
if [ -n "${GATE_LANES:-}" ]; then
  lanes=''
  IFS=, read -ra words <<<"$GATE_LANES"
  for word in "${words[@]}"; do
    word=${word//[[:space:]]/}
    case $word in */* | *.yaml | *.yml) word=$(absolute "$word") ;; esac
    lanes+=${lanes:+,}$word
  done
  export LANES=$lanes
fi
if [ -n "${GATE_KUBECONFIG:-}" ]; then
  [ -z "${GATE_LANES:-}" ] || fail "lanes and kubeconfig exclude each other: lanes are clusters that the suite makes"
  case ${GATE_EXPECTATION:-} in
  shared | isolated) ;;
  *) fail "expectation must be shared or isolated where kubeconfig is given, not \"${GATE_EXPECTATION:-}\": the cluster is never asked" ;;
  esac
  KUBECONFIG=$(absolute "$GATE_KUBECONFIG")
  export KUBECONFIG EXPECT=$GATE_EXPECTATION
  [ -z "${GATE_KUBE_CONTEXT:-}" ] || export KUBE_CONTEXT=$GATE_KUBE_CONTEXT
  [ -z "${GATE_IMAGE_REGISTRY:-}" ] || export IMAGE_REGISTRY=$GATE_IMAGE_REGISTRY
elif [ -n "${GATE_EXPECTATION:-}${GATE_KUBE_CONTEXT:-}${GATE_IMAGE_REGISTRY:-}" ]; then
  fail "expectation, kube-context and image-registry are for kubeconfig, which is not given"
fi
[ -z "${GATE_NODE_IMAGE:-}" ] || export NODE_IMAGE=$GATE_NODE_IMAGE
[ -z "${GATE_LABEL_FILTER:-}" ] || export LABEL_FILTER=$GATE_LABEL_FILTER

cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

if [ -n "${GATE_VERSION:-}" ]; then
  [ -z "${GATE_LANES:-}" ] || fail "lanes and version exclude each other: a lane has its version"
  declared=$(make --silent lanes)
  LANES=$(awk -v version="$GATE_VERSION" 'NR > 1 && $2 == version { print $1 }' <<<"$declared" | paste --serial --delimiters=,)
  export LANES
  [ -n "$LANES" ] || fail "no lane is declared for $GATE_VERSION; declared are $(awk 'NR > 1 { print $2 }' <<<"$declared" | sort --unique | paste --serial --delimiters=' '); give a lane file by the input lanes"
fi

# Not `make e2e`: make has one exit code for every failure.
make --silent .bin/e2e
.bin/e2e || true
go run ./reports/cmd/github "$PWD/reports/out"

# The inputs of the gate (GATE_*) as the variables that `make help` lists. Each function checks the inputs that it reads.

# fail shows an annotation. Inputs can hold anything: unescaped, a line of theirs could be a workflow command.
fail() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  echo "::error title=input::${text//$'\n'/%0A}"
  exit 2
}

one_target() {
  local targets=()
  [ -z "${GATE_NODE_IMAGE:-}" ] || targets+=(node-image)
  [ -z "${GATE_VERSION:-}" ] || targets+=(version)
  [ -z "${GATE_KUBECONFIG:-}" ] || targets+=(kubeconfig)
  [ ${#targets[@]} -le 1 ] || fail "${targets[*]}: give one of them; each says what is tested"
}

# only_inputs: what a job's environment happens to hold must not narrow what the gate proves.
only_inputs() {
  unset LANES NODE_IMAGE KUBECONFIG EXPECT KUBE_CONTEXT CLUSTER RUNTIME_CLASS FIELD IMAGE_REGISTRY IMAGE_ARCHIVE IMAGE_PULL_SECRET LABEL_FILTER FOCUS SKIP
  unset FIXTURES DRY_RUN TIMEOUTS GATEPROOF_TIMEOUT REPORTS_DIR
  [ -z "${GATE_NODE_IMAGE:-}" ] || export NODE_IMAGE=$GATE_NODE_IMAGE
  [ -z "${GATE_LABEL_FILTER:-}" ] || export LABEL_FILTER=$GATE_LABEL_FILTER
}

absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }

# lanes: paths are the caller's, the suite runs in its own repository. A line each is as good as commas.
lanes() {
  local words word
  [ -n "${GATE_LANES:-}" ] || return 0
  IFS=, read -ra words <<<"${GATE_LANES//$'\n'/,}"
  for word in "${words[@]}"; do
    read -r word <<<"$word" # without the blanks around it
    case $word in
    '') continue ;;
    */* | *.yaml | *.yml) word=$(absolute "$word") ;;
    esac
    LANES=${LANES:+$LANES,}$word
  done
  [ -n "${LANES:-}" ] || fail "lanes names no lane; give names or paths, or leave it out for the default lanes"
  export LANES
}

cluster() {
  if [ -z "${GATE_KUBECONFIG:-}" ]; then
    [ -z "${GATE_EXPECTATION:-}${GATE_KUBE_CONTEXT:-}${GATE_IMAGE_REGISTRY:-}" ] ||
      fail "expectation, kube-context and image-registry are for kubeconfig, which is not given; give it, or leave them out"
    return 0
  fi
  [ -z "${GATE_LANES:-}" ] || fail "lanes and kubeconfig exclude each other: lanes are clusters that the suite makes; leave one out"
  case ${GATE_EXPECTATION:-} in
  shared | isolated) ;;
  *) fail "expectation must be shared or isolated where kubeconfig is given, not \"${GATE_EXPECTATION:-}\": the cluster is never asked" ;;
  esac
  KUBECONFIG=$(absolute "$GATE_KUBECONFIG")
  [ -f "$KUBECONFIG" ] || fail "kubeconfig: there is no file $KUBECONFIG; give the path of one that an earlier step has written"
  export KUBECONFIG EXPECT=$GATE_EXPECTATION
  [ -z "${GATE_KUBE_CONTEXT:-}" ] || export KUBE_CONTEXT=$GATE_KUBE_CONTEXT
  [ -z "${GATE_IMAGE_REGISTRY:-}" ] || export IMAGE_REGISTRY=$GATE_IMAGE_REGISTRY
}

# version picks the declared lanes of a version, but for those on request and those that are not booted, which the list marks: a lane also says how
# the gate is set and what to expect.
version() {
  local version=${GATE_VERSION:-} declared known
  [ -n "$version" ] || return 0
  [ -z "${GATE_LANES:-}" ] || fail "lanes and version exclude each other: a lane has its version; leave one out"
  [[ $version == v* ]] || version=v$version
  declared=$(make --silent lanes) || fail "the lanes can't be listed; the step's log says why"
  LANES=$(VERSION=$version awk '!NF { exit } NR > 1 && $2 == ENVIRON["VERSION"] && $NF !~ /[)]$/ { print $1 }' <<<"$declared" | paste --serial --delimiters=,)
  export LANES
  [ -n "$LANES" ] && return 0
  known=$(awk '!NF { exit } NR > 1 && $NF !~ /[)]$/ { print $2 }' <<<"$declared" | sort --unique --version-sort | paste --serial --delimiters=' ')
  fail "no lane is declared for $version, only for $known; declare one in a lane file and give its path as lanes, or give node-image"
}

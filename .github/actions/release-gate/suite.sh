# prove runs the suite and tells GitHub what it found. Not `make e2e`: make has one exit code for every failure.
prove() {
  # What lies there is another run's; a step must not be green by it.
  rm -rf reports/out
  make --silent .bin/gateproof || fail "the suite can't be built; the step's log says why"
  local code=0
  interruptible .bin/gateproof run || code=$?
  .bin/gateproof report github "$PWD/reports/out" "$code"
}

# interruptible runs a command that a cancelled job stops too: GitHub signals the step's shell only, which would end when
# the command has, and clusters would stay behind.
interruptible() {
  local pid='' code signalled=''
  trap 'signalled=1; [ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true' INT TERM
  "$@" &
  pid=$!
  [ -z "$signalled" ] || kill -TERM "$pid"
  while true; do
    signalled=''
    wait "$pid" && code=0 || code=$?
    [ -n "$signalled" ] || break # else it was the signal that ended the wait; bash still knows the code
  done
  trap - INT TERM
  return "$code"
}

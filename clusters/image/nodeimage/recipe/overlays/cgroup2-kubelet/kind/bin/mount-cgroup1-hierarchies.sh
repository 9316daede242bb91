#!/bin/bash
# On a cgroup v2 host this kubelet is shown what it looks for: version 1 hierarchies by the names of its controllers,
# none of which has one, but for cpuacct, which has no version 2 form. They can be mounted here because they exist: a
# container in the host's own cgroup namespace holds them.
set -o errexit -o nounset

[ -f /sys/fs/cgroup/cgroup.controllers ] || exit 0

hierarchy() {
  mkdir -p "/run/cgroup1/$1"
  mountpoint --quiet "/run/cgroup1/$1" || mount -t cgroup -o "$2" cgroup "/run/cgroup1/$1"
}
for name in cpu cpuset memory; do
  hierarchy "$name" "none,name=$name"
done
hierarchy cpuacct cpuacct

# It must not make cgroups by these hierarchies. (As KubeletConfiguration the empty list would be lost.)
. /etc/default/kubelet
echo "KUBELET_EXTRA_ARGS=$KUBELET_EXTRA_ARGS --cgroups-per-qos=false --enforce-node-allocatable=" >/run/kubelet-on-cgroup2.env

#!/bin/bash
# On a cgroup v1 host kind's entrypoint mounts each controller's kubelet folder on itself. A kubelet of this age
# takes such a mount for the root of the controller and then does not find its own cgroup below it.
set -o nounset

if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  exit 0
fi
findmnt --list --notruncate --noheadings --output=TARGET --types=cgroup |
  grep --extended-regexp '/kubelet(\.slice)?$' |
  while read -r target; do
    umount "$target"
  done
exit 0

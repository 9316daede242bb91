#!/bin/sh
# many.sh [NODES [KINDS]] prints Node objects as YAML, 1000 of 20 kinds where nothing is said, for kwok to keep Ready: what choosing among
# many nodes costs is measured with them, by hand (clusters/README.md). No pod runs on one.
set -eu
seq 0 $((${1:-1000} - 1)) | awk -v kinds="${2:-20}" '{
  kind = $1 % kinds
  printf "apiVersion: v1\nkind: Node\nmetadata:\n  name: fake-%04d\n", $1
  printf "  labels: {type: kwok, kubernetes.io/os: linux, kubernetes.io/arch: amd64, pool: \"%d\"}\n", kind
  print "  annotations: {kwok.x-k8s.io/node: fake, node.alpha.kubernetes.io/ttl: \"0\"}"
  print "status:"
  print "  capacity: {cpu: \"32\", memory: 256Gi, pods: \"110\"}"
  print "  allocatable: {cpu: \"32\", memory: 256Gi, pods: \"110\"}"
  print "  images:" # as many as a kubelet tells of
  for (i = 0; i < 50; i++)
    printf "  - {names: [\"registry.example/team/application-%02d@sha256:%064d\", \"registry.example/team/application-%02d:v1\"], sizeBytes: 100000000}\n", i, i, i
  printf "  nodeInfo: {kubeletVersion: v1.30.%d, containerRuntimeVersion: \"containerd://1.7.%d\", kernelVersion: 6.1.0, osImage: Debian GNU/Linux 12, ", kind % 5, kind / 5
  print "architecture: amd64, operatingSystem: linux, kubeProxyVersion: \"\", bootID: \"\", machineID: \"\", systemUUID: \"\"}"
  print "---"
}'

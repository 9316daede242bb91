# The first process of the engine's own PID and mount namespaces: when it ends, however it ends, the kernel ends the engine and all
# its containers, and takes their mounts away. Arguments: the folder of the engine's state, then those of dockerd.
set -e
read -r _ # the starter has noted this process; had it been killed before, this ends here
state=$1
shift
mount --make-rslave /
mount -t proc proc /proc
for folder in "$state" /run/docker /run/containerd; do # plugins and containerd's shims have theirs there, whatever dockerd is told
  mkdir -p "$folder"
  mount -t tmpfs -o mode=711 tmpfs "$folder"
done
dockerd "$@" &
engine=$!
trap 'kill $engine' TERM
set +e
while kill -0 $engine 2>/dev/null; do wait $engine; done # also buries what containers leave behind
wait $engine

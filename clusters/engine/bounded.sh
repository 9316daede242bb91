#!/bin/sh
# runc, asked only for capabilities that it can grant: those that the bounding set lacks are taken out of the lists in the file that
# carries them, which containerd's shim names.
file= next=
for arg; do
  case $next in
    --bundle) file=$arg/config.json ;;
    --process) file=$arg ;;
  esac
  next=$arg
done
if [ -n "$file" ]; then
  for capability in %s; do
    sed -i -E ':again; s/("capabilities":\{[^}]*),"'$capability'"/\1/; t again; s/("capabilities":\{[^}]*)"'$capability'",?/\1/; t again' "$file" || exit
  done
fi
exec runc "$@"

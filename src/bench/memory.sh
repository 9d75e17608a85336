#!/usr/bin/env bash
# Many large images at once through a small heap: every one arrives whole, and none is held in it.
# MISSES: how many, default 200. IMAGE_BYTES: default 4 MB. HEAP: default 256m.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

misses=${MISSES:-200}
bytes=${IMAGE_BYTES:-4000000}
heap=${HEAP:-256m}

# Painting takes long enough for all of them to be under way before the first is done.
start_back_end "$bytes" 2000
start_nectar "-Xmx$heap"
echo "$misses concurrent misses of $bytes bytes, heap $heap"
verdict=0
"$java" "$bench/load/ConcurrentMisses.java" "$nectar" "$access_key" "$misses" "$bytes" || verdict=1
if grep --quiet OutOfMemoryError "$work/nectar.log"; then
  echo "OutOfMemoryError in the log"
  verdict=1
fi
if kill -0 "$nectar_pid" 2>/dev/null; then
  awk '/^VmHWM/ { printf "peak resident memory: %.0f MB\n", $2 / 1024 }' "/proc/$nectar_pid/status"
else
  echo "Nectar died: $(tail -n 20 "$work/nectar.log")"
  verdict=1
fi
exit "$verdict"

#!/usr/bin/env bash
# Kills Nectar with -9 while 8 writers are at work, again and again. After each start every image is
# right, Nectar is ready in time, and no temporary file is left.
# KILLS: default 200. READY: seconds from the start until it is ready, default 5. SEED: default 1.
# AOT=no starts it without the cache of classes that the container's image has, too.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

kills=${KILLS:-200}
ready=${READY:-5}
bytes=100000
RANDOM=${SEED:-1}
verdict=0

# Keeps the classes of one start for all later ones: sets start_options.
cache_classes() {
  start_options=()
  [[ ${AOT:-yes} == yes ]] || return 0
  JAVA=$java "$bench/../launcher/class-cache.sh" "$jar" "$work/nectar.aot" \
    --enable-native-access=ALL-UNNAMED
  start_options=(-XX:AOTCache="$work/nectar.aot")
}

# Whether nothing is left of what the last kill left.
is_cleared_away() {
  local file
  while read -r file; do
    [[ ! -e $file ]] || return 1
  done <"$work/left"
}

mkdir "$work/classes"
"${java%/java}/javac" -d "$work/classes" "$bench"/load/{CrashLoad,FakeImages}.java
start_back_end "$bytes" 0
cache_classes
: >"$work/left"
for ((round = 1; round <= kills; round++)); do
  started=$(date +%s%N)
  start_nectar "${start_options[@]}"
  echo "$((($(date +%s%N) - started) / 1000000))" >>"$work/ready"
  # The round before said "writing", too.
  : >"$work/load.log"
  "$java" -cp "$work/classes" CrashLoad \
    "$nectar" "$access_key" "$admin_token" "$bytes" 100 8 "$RANDOM" >"$work/load.log" 2>&1 &
  load=$!
  if ! await 5 "$nectar_pid" is_cleared_away; then
    echo "round $round: temporary files are left"
    verdict=1
  fi
  if ! await 300 "$load" grep --quiet '^writing' "$work/load.log"; then
    echo "round $round: $(cat "$work/load.log")"
    verdict=1
  fi
  sleep "0.$((RANDOM % 900 + 100))"
  kill_nectar
  find "$work/nectar/images" -name '*.tmp' | tee "$work/left" >>"$work/all-left"
  wait "$load" || {
    echo "round $round: $(cat "$work/load.log")"
    verdict=1
  }
  sed -n 's/^writing, after \([0-9]*\) hits/\1/p' "$work/load.log" >>"$work/hits"
  if grep --extended-regexp ' (WARN|ERROR) ' "$work/nectar.log"; then
    verdict=1
  fi
done
sort -n "$work/ready" | awk -v bound="$ready" '
  { v[NR] = $1 }
  END {
    printf "%d kills; ready after %.1f s at the median, %.1f s at most\n", NR, v[int((NR + 1) / 2)] / 1000, v[NR] / 1000
    exit v[NR] > bound * 1000
  }' || verdict=1
sort -n "$work/hits" | awk '{ v[NR] = $1 } END { printf "found again after a kill: %d of 100 images at the median\n", v[int((NR + 1) / 2)] }'
echo "temporary files left by the kills, and cleared away: $(wc -l <"$work/all-left")"
exit "$verdict"

#!/usr/bin/env bash
# A large cache beside a small one: the time from the start to the first answer, until the directory
# is looked through, the memory, and cached pictures meanwhile: requests a second, median and 99th
# percentile in ms. Then cached pictures of both in turn, since the machine is now faster, now slower.
# ENTRIES: default 1000000, two files each. IMAGES: a directory to keep them in, made if it is not
# there; else they are gone at exit. RUNS: starts of each, default 3, of which the median counts.
# ROUNDS: turns of each, default 5, of which the one with the median 99th percentile counts.
# CONNECTIONS: default 32. SECONDS_EACH: default 5.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need wrk jq

entries=${ENTRIES:-1000000}
few=1000
runs=${RUNS:-3}
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-5}
pause=0.02
export CACHE_MAX_SIZE=1TB

# make COUNT DIRECTORY
make() {
  local start=$EPOCHREALTIME
  "$java" -cp "$work/classes" ManyEntries "$2" "$1"
  printf '%d entries made in %.0f s, %d MB on the disk\n' \
    "$1" "$(since "$start")" "$(du --summarize --block-size=1M "$2" | cut -f 1)"
}

# since TIME: the seconds since then.
since() {
  awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}

# Resident memory and heap after a full collection, in MB.
memory() {
  local heap
  heap=$(heap_kb)
  printf '%d MB resident, %d MB heap' "$(($(resident_kb) / 1024))" "$((heap / 1024))"
}

# hits SECONDS TARGETS: of so many pictures, count at most, evenly among all.
hits() {
  cat >"$work/ask.lua" <<LUA
local step = math.floor($count / $2)
request = function()
  return wrk.format('GET', '/prompt/entry%20' .. (math.random(0, $2 - 1) * step) .. '?key=$access_key')
end
LUA
  wrk -t 1 -c "${CONNECTIONS:-32}" -d "$1s" --latency -s "$work/ask.lua" "$nectar" >"$work/wrk"
  ! grep --extended-regexp 'Non-2xx|Socket errors' "$work/wrk" || die "Not all were answered."
}

# row WHAT: of the last hits.
row() {
  awk -v what="$1" '
    function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /^Requests\/sec/ { printf "  %-46s %8.0f %8.2f %8.2f\n", what, $2, p50, p99 }' "$work/wrk"
}

# serve: starts Nectar on the directory of so many entries.
serve() {
  count=$1
  place=nectar-$count
  start=$EPOCHREALTIME
  start_nectar
  first=$(since "$start")
}

# measure COUNT
measure() {
  local run before
  rm -f "$work/first"
  for ((run = 1; run < runs; run++)); do
    serve "$1"
    echo "$first" >>"$work/first"
    kill_nectar
  done
  serve "$1"
  echo "$first" >>"$work/first"
  printf '%d entries\n  first answer after %.2f s\n' "$1" \
    "$(sort -n "$work/first" | sed -n "$(((runs + 1) / 2))p")"
  before=$(memory)
  hits "$((2 * seconds))" 1
  row "one picture, right after the start"
  hits "$seconds" 1
  row "one picture, $(known) entries seen by then"
  await 600 "$nectar_pid" eval '[[ $(known) == "$count" ]]' || die "Not all were seen: $(known)"
  printf '  all seen %.1f s after the start at the latest\n' "$(since "$start")"
  echo "  at the start $before; now $(memory)"
  nectars[$1]=$nectar
}

# in_turn ROUND TARGETS: hits of each that has so many; round 0 is a warm-up.
in_turn() {
  for count in "$few" "$entries"; do
    if (($2 <= count)); then
      nectar=${nectars[$count]}
      hits "$seconds" "$2"
      (($1 == 0)) || row "one of $2" >>"$work/$count-$2"
    fi
  done
}

mkdir "$work/classes"
"${java%/java}/javac" -d "$work/classes" "$bench"/load/{ManyEntries,FakeImages}.java
mkdir "$work/nectar-$few" "$work/nectar-$entries"
make "$few" "$work/nectar-$few/images"
images=${IMAGES:-$work/nectar-$entries/images}
[[ -d $images ]] || make "$entries" "$images"
[[ -n ${IMAGES:-} ]] && ln -s "$(realpath "$images")" "$work/nectar-$entries/images"
start_back_end 256 0
printf '%-48s %8s %8s %8s\n' '' requests median p99
declare -A nectars
for each in "$few" "$entries"; do
  measure "$each"
done
# Many others last: they displace what was in memory.
for targets in 1 "$few" "$entries"; do
  for ((round = 0; round <= rounds; round++)); do
    in_turn "$round" "$targets"
  done
done
for each in "$few" "$entries"; do
  printf '%d entries, all seen, in turn\n' "$each"
  for targets in 1 "$few" "$entries"; do
    ((targets > each)) || awk '{ print $NF "\t" $0 }' "$work/$each-$targets" | sort -n |
      sed -n "$(((rounds + 1) / 2))p" | cut -f 2-
  done
done

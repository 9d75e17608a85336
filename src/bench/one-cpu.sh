#!/usr/bin/env bash
# Nectar on one CPU, the load on another: cached pictures at full speed, new ones and /status at the
# same time, and the cache is looked through meanwhile. Nothing may starve: prints how long each
# takes, alone and with the hits, and ends with 1 if a 99th percentile is above its bound.
# ENTRIES: what the cache holds at the start, default 100000. CONNECTIONS: of the hits, default 32.
# SECONDS_EACH: default 10. P99: milliseconds that /status may take, default 250, and a new picture
# beside the 200 that its painting takes, default 1000, as PICTURE_P99.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need wrk taskset jq

entries=${ENTRIES:-100000}
seconds=${SECONDS_EACH:-10}
painting=200
verdict=0

# on CPU: there runs what is started from now on.
on() {
  taskset --pid --cpu-list "$1" $$ >/dev/null
}

# ask NAME MILLISECONDS MILLISECONDS: ends with 1 above those bounds.
ask() {
  "$java" -cp "$work/classes" OneCpu "$nectar" "$access_key" "$1" "$seconds" "$2" "$3"
}

# ask_beside_hits NAME MILLISECONDS MILLISECONDS
ask_beside_hits() {
  local bounded=0 hits
  wrk -t 1 -c "${CONNECTIONS:-32}" -d "$((seconds + 2))s" --latency \
    "$nectar/prompt/kept?key=$access_key" >"$work/wrk" &
  hits=$!
  ask "$@" || bounded=1
  wait "$hits"
  awk '$1 == "50%" { median = $2 } $1 == "99%" { p99 = $2 }
    /^Requests\/sec/ { printf "hits %.0f a second: median %s, p99 %s\n", $2, median, p99 }' "$work/wrk"
  ! grep --extended-regexp 'Non-2xx|Socket errors' "$work/wrk" || bounded=1
  return "$bounded"
}

mkdir -p "$work/classes" "$work/nectar"
"${java%/java}/javac" -d "$work/classes" "$bench"/load/{OneCpu,Samples,ManyEntries,FakeImages}.java
"$java" -cp "$work/classes" ManyEntries "$work/nectar/images" "$entries"
on 1
start_back_end 200000 "$painting"
on 0
start_nectar
on 1
curl --fail --silent --output /dev/null "$nectar/prompt/kept?key=$access_key"
# What is not compiled yet has no bound, but nobody may go without an answer.
echo "with hits, right after the start ($(known) entries seen):"
ask_beside_hits first 10000 10000 || verdict=1
await 300 "$nectar_pid" eval '(($(known) > entries))' || die "Not all were seen: $(known)"
echo "without hits:"
ask alone 10000 10000 || verdict=1
echo "with hits:"
ask_beside_hits second "${P99:-250}" "$((painting + ${PICTURE_P99:-1000}))" || verdict=1
exit "$verdict"

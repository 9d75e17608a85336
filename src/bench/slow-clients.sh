#!/usr/bin/env bash
# Slow senders and stalled readers: they are cut off, others are served, memory stays flat.
# SENDERS: default 1000. READERS: default 500. DURATION: seconds, default 60. HEAP: default 512m.
# P99: milliseconds that /status may take, default 250.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

senders=${SENDERS:-1000}
readers=${READERS:-500}
duration=${DURATION:-60}
heap=${HEAP:-512m}

start_back_end 8000000 0
start_nectar "-Xmx$heap"
curl --fail --silent --output /dev/null "$nectar/prompt/large?key=$access_key"
# slow_clients SECONDS BOUND
slow_clients() {
  "$java" "$bench/load/SlowClients.java" "$nectar" "$access_key" "$senders" "$readers" "$@"
}

# Tomcat keeps what it made for the first of them.
slow_clients 5 100000 >/dev/null
sleep 25
before=$(heap_kb)
verdict=0
slow_clients "$duration" "${P99:-250}" &
load=$!
pids+=("$load")
sleep "$((duration / 2))"
half=$(heap_kb)
half_resident=$(resident_kb)
sleep "$((duration / 2 - 5))"
full=$(heap_kb)
full_resident=$(resident_kb)
wait "$load" || verdict=1
# Those that were not cut off are given their time.
sleep 25
after=$(heap_kb)
echo "heap after collection: $((before / 1024)) MB before, $((half / 1024)) MB half-way," \
  "$((full / 1024)) MB near the end, $((after / 1024)) MB afterwards"
echo "resident: $((half_resident / 1024)) MB half-way, $((full_resident / 1024)) MB near the end"
if ((after > before + 20 * 1024 || full > half + 20 * 1024)); then
  echo "The heap has grown."
  verdict=1
fi
if grep --extended-regexp ' (WARN|ERROR) ' "$work/nectar.log"; then
  verdict=1
fi
exit "$verdict"

#!/usr/bin/env bash
# Clients that wait for a picture, and clients that hang up on it: those beyond the bound are turned
# away, who hung up gives the place back, and what is kept is served meanwhile.
# STAYING: default 3000. HANGING_UP: default 3000. DURATION: seconds, default 60. HEAP: default
# 512m. P99: milliseconds that a hit or /status may take, default 1000.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

staying=${STAYING:-3000}
hanging_up=${HANGING_UP:-3000}
duration=${DURATION:-60}
heap=${HEAP:-512m}

start_back_end 200000 "$((duration * 1000 + 60000))"
start_nectar "-Xmx$heap"
curl --fail --silent --output /dev/null "$nectar/prompt/kept?key=$access_key"

verdict=0
"$java" "$bench/load/Waiters.java" "$nectar" "$access_key" "$staying" "$hanging_up" "$duration" \
  "${P99:-1000}" || verdict=1

# connections: how many of Nectar's port are open.
connections() {
  ss --no-header --tcp state connected "sport = :${nectar##*:}" | grep --invert-match --count TIME-WAIT
}
sleep 6
open=$(connections || true)
echo "$open connections 6 s after all of them had gone; resident: $(($(resident_kb) / 1024)) MB"
if ((open > 10)); then
  verdict=1
fi
if grep --extended-regexp ' (WARN|ERROR) ' "$work/nectar.log"; then
  verdict=1
fi
exit "$verdict"

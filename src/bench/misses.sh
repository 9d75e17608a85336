#!/usr/bin/env bash
# The time that a miss adds over asking the back end itself. PAIRS: how many of each, default 300.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_back_end 200000 0
start_nectar
"$java" "$bench/load/MissLatency.java" "$nectar" "$access_key" "$back_end" "${PAIRS:-300}"

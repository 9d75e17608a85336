#!/usr/bin/env bash
# The time that a miss adds over asking the back end itself, in milliseconds at the median. PAIRS: how
# many of each, default 300; SIZES: of the images in bytes, default 2 KB, 200 KB and 4 MB. WARM_UP: how
# many pairs before any that counts, default 1500: the compiler is at work until then.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

read -ra sizes <<<"${SIZES:-2000 200000 4000000}"
start_back_end "${sizes[0]}" 0
start_nectar
"$java" "$bench/load/MissLatency.java" "$nectar" "$access_key" "$back_end" "${PAIRS:-300}" "${WARM_UP:-1500}" "${sizes[@]}"

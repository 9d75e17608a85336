#!/usr/bin/env bash
# The time that a miss adds over asking the back end itself, in milliseconds at the median; BEFORE_JAR
# names a Nectar to compare with, which is asked in turn. ROUNDS: how many of each, default 300.
# SIZES: of the images in bytes, by commas; default 2 KB, 200 KB and 4 MB. WARM_UP: how many rounds
# before any that counts, default 1500: the compiler is at work until then.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# What leaves makes room in memory: pages that a virtual machine has never used cost ten times more.
export CACHE_MAX_SIZE=500MB

sizes=${SIZES:-2000,200000,4000000}
servers=()
start_back_end "${sizes%%,*}" 0
printf '%10s %10s' bytes direct
for each in "$jar" ${BEFORE_JAR:+"$(realpath "$BEFORE_JAR")"}; do
  jar=$each place=nectar-${#servers[@]} start_nectar
  printf ' %10s %10s' "$([[ ${#servers[@]} == 0 ]] && echo Nectar || echo before)" adds
  servers+=("$nectar")
done
printf '\n'
"$java" "$bench/load/MissLatency.java" "$access_key" "$back_end" "${ROUNDS:-300}" "${WARM_UP:-1500}" \
  "$sizes" "${servers[@]}"

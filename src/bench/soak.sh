#!/usr/bin/env bash
# Hits, misses, refusals, wrong keys, deletes and hang-ups at full speed, for a long time: afterwards
# Nectar holds no more memory, files, threads or sockets than before, and its log tells nothing else.
# Argument: the seconds that it lasts, default 600. CLIENTS: default 32. HEAP: default 256m.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

duration=${1:-600}
clients=${CLIENTS:-32}
bytes=100000
verdict=0

# soak SECONDS SEED
soak() {
  "$java" -cp "$work/classes" Soak \
    "$nectar" "$access_key" "$admin_token" "$bytes" "$clients" "$@"
}

# measure: sets held, the figures of what Nectar holds, once idle connections are closed.
measure() {
  sleep 40
  "${java%/java}/jcmd" "$nectar_pid" Thread.dump_to_file -overwrite -format=json "$work/threads" \
    >/dev/null
  held=(
    "$(($(heap_kb) / 1024))"
    "$(find "/proc/$nectar_pid/fd" | wc -l)"
    "$(find "/proc/$nectar_pid/task" -maxdepth 1 | wc -l)"
    "$(grep --count '"virtual": true' "$work/threads" || true)"
    "$(find "$work/nectar/images" -name '*.tmp' | wc -l)"
  )
}

mkdir "$work/classes"
"${java%/java}/javac" -d "$work/classes" "$bench"/load/{Soak,FakeImages}.java
start_back_end "$bytes" 0
# Fewer images than are made, so that old ones leave.
export CACHE_MAX_SIZE=100MB
start_nectar "-Xmx${HEAP:-256m}"
# What is made once for all is made now.
soak "$((duration / 10 + 10))" 1 >/dev/null
measure
before=("${held[@]}")
soak "$duration" 2 || verdict=1
measure
names=('heap after collection, MB' 'descriptors' 'platform threads' 'virtual threads' 'temporary files')
# Of each so many more are no leak yet.
slack=(8 8 8 4 0)
printf '%-26s %8s %8s\n' '' before after
for i in "${!names[@]}"; do
  printf '%-26s %8d %8d\n' "${names[$i]}" "${before[$i]}" "${held[$i]}"
  ((held[i] <= before[i] + slack[i])) || verdict=1
done
unexplained=$(sed '0,/Started NectarApplication/d' "$work/nectar.log" |
  grep --invert-match --extended-regexp \
    -e ' INFO  d\.n\.generation\.GenerationStory \S+ generation ' \
    -e ' INFO  dev\.nectar\.admin\.Audit \S+ admin POST /cache/delete ' \
    -e ' INFO  \S+ \S+ (Initializing Spring|Initializing Servlet|Completed initialization|The page is at)' || true)
echo "log: $(grep --count 'GenerationStory' "$work/nectar.log") lines of generations," \
  "$(grep --count . <<<"$unexplained" || true) others"
if [[ -n $unexplained ]]; then
  head -n 20 <<<"$unexplained"
  verdict=1
fi
exit "$verdict"

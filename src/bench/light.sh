#!/usr/bin/env bash
# What Nectar weighs: the time to its first answer, idle memory, the jar, and idle connections; by
# java -jar, and as the container has it, with the Dockerfile's flags and a cache of loaded classes.
# RUNS: of each, default 3; medians are shown. CONNECTIONS: default 10000. BEFORE_JAR: names a Nectar
# to compare with, and BEFORE_DOCKERFILE the file with its flags, by default the same.
# MEMORY: what the JVM takes for the machine's, such as 1g; by default the machine's.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need jq unzip

runs=${RUNS:-3}
connections=${CONNECTIONS:-10000}
memory=${MEMORY:+-XX:MaxRAM=$MEMORY}
hits=50

if ((connections + 200 > $(ulimit -n))); then
  ulimit -n "$((connections + 200))" 2>/dev/null ||
    die "$connections connections need more than ulimit -n: $(ulimit -Hn)."
fi

# The options of the image's command, up to -jar.
image_options() {
  sed -n '/^ENTRYPOINT/,$p' "$dockerfile" | tr -d '\\\n' | sed 's/^ENTRYPOINT//' |
    jq --raw-output '.[1:index("-jar")][]'
}

# Sets environment, the variables that the image sets and that the JVM or its libraries read.
image_environment() {
  mapfile -t environment < <(grep --only-matching --extended-regexp \
    '(MALLOC_[A-Z_]*|JAVA_TOOL_OPTIONS)=[^ \\]*' "$dockerfile" || true)
}

# make_image: as the Dockerfile does. Sets image_jar, class_cache and options.
make_image() {
  image_jar=$jar
  class_cache=$work/$version.aot
  # Of jars inside a jar the JVM knows nothing.
  if unzip -l "$jar" 'BOOT-INF/lib/*' >/dev/null; then
    "$java" -Djarmode=tools -jar "$jar" extract --destination "$work/$version" >"$work/extract.log" ||
      die "$(cat "$work/extract.log")"
    image_jar=$work/$version/$(basename "$jar")
  fi
  local training=()
  mapfile -t options < <(image_options)
  mapfile -t training < <(image_options | grep --invert-match '^-XX:AOTCache=\|^-Xlog:aot')
  options=("${options[@]/#-XX:AOTCache=*/-XX:AOTCache=$class_cache}")
  JAVA=$java "$bench/../launcher/class-cache.sh" "$image_jar" "$class_cache" $memory "${training[@]}"
}

# answers: whether Nectar is ready, without a process to find it out.
answers() {
  local status
  exec 3<>"/dev/tcp/127.0.0.1/$free_port" || return 1
  printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  read -r _ status _ <&3
  exec 3>&-
  [[ $status == 200 ]]
} 2>/dev/null

# start KIND: sets nectar, nectar_pid and first_answer, in milliseconds.
start() {
  local command=("$java" --enable-native-access=ALL-UNNAMED $memory -jar "$jar") variables=()
  if [[ $1 == container ]]; then
    command=("$java" "${options[@]}" $memory -jar "$image_jar")
    variables=("${environment[@]}")
  fi
  find_port
  local home=$work/home begin=${EPOCHREALTIME/./}
  rm -rf "$home"
  mkdir "$home"
  (
    cd "$home"
    exec env "${variables[@]}" PORT="$free_port" PROXY_ACCESS_KEY="$access_key" \
      BACKEND_API_URLS="$back_end" CACHE_DIR="$home/images" KV_FILE="$home/cache.db" \
      LEDGER_FILE="$home/ledger.db" POLLINATIONS_ENABLED=false \
      MAX_CONNECTIONS_PER_CLIENT=100000 "${command[@]}"
  ) >"$work/nectar.log" 2>&1 &
  nectar_pid=$!
  pids+=("$nectar_pid")
  nectar=http://127.0.0.1:$free_port
  until answers; do
    kill -0 "$nectar_pid" 2>/dev/null || die "Nectar did not start: $(tail "$work/nectar.log")"
    sleep 0.02
  done
  first_answer=$(((${EPOCHREALTIME/./} - begin) / 1000))
}

# note KIND WHAT FIGURE
note() {
  echo "$3" >>"$work/$version.$1.$2"
}

# median VERSION KIND WHAT
median() {
  sort -n "$work/$1.$2.$3" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# idle KIND silent|kept-alive: what so many connections add, in KB.
idle() {
  local before client fds
  start "$1"
  sleep 5
  before=$(resident_kb)
  fds=$(find "/proc/$nectar_pid/fd" | wc -l)
  mkfifo "$work/hold"
  "$java" "$bench/load/IdleConnections.java" "$nectar" "$connections" "$2" \
    <"$work/hold" >"$work/idle" 2>"$work/idle.log" &
  client=$!
  exec 4>"$work/hold"
  await 60 "$client" grep -q open "$work/idle" || die "Idle connections: $(cat "$work/idle.log")"
  sleep 2
  note "$1" "$2" $(($(resident_kb) - before))
  note "$1" "$2.open" $(($(find "/proc/$nectar_pid/fd" | wc -l) - fds))
  exec 4>&-
  wait "$client" || true
  rm "$work/hold"
  kill_nectar
}

measure() {
  local run hit
  for ((run = 1; run <= runs; run++)); do
    start "$1"
    note "$1" first "$first_answer"
    sleep 10
    note "$1" ready "$(resident_kb)"
    for ((hit = 0; hit <= hits; hit++)); do
      curl --fail --silent --output /dev/null "$nectar/prompt/apple?key=$access_key"
    done
    note "$1" used "$(resident_kb)"
    kill_nectar
  done
  idle "$1" silent
  idle "$1" kept-alive
}

# weigh VERSION JAR DOCKERFILE
weigh() {
  version=$1 jar=$2 dockerfile=$3
  versions+=("$version")
  image_environment
  make_image
  note jar file "$(stat --format %s "$jar")"
  note container file "$(stat --format %s "$jar")"
  note jar classes 0
  note container classes "$(stat --format %s "$class_cache")"
  measure jar
  measure container
}

# row WORDS WHAT SCALE FORMAT
row() {
  local each kind
  printf '%-44s' "$1"
  for each in "${versions[@]}"; do
    for kind in jar container; do
      awk -v figure="$(median "$each" "$kind" "$2")" -v scale="$3" -v format="$4" \
        'BEGIN { printf " %17s", sprintf(format, figure / scale) }'
    done
  done
  echo
}

versions=()
start_back_end 200000 0
weigh now "$jar" "$bench/../../Dockerfile"
if [[ -n ${BEFORE_JAR:-} ]]; then
  weigh before "$(realpath "$BEFORE_JAR")" "${BEFORE_DOCKERFILE:-$bench/../../Dockerfile}"
fi
printf '%-44s' ''
for each in "${versions[@]}"; do
  printf ' %17s' "$each, java -jar" "$each, container"
done
echo
row 'first answer, s' first 1000 %.2f
row 'resident, idle, MB' ready 1024 %.0f
row "resident, after $hits hits, MB" used 1024 %.0f
for kind in silent kept-alive; do
  row "connections, $kind" "$kind.open" 1 %.0f
  row '  add MB' "$kind" 1024 %.0f
done
row 'jar, MB' file 1000000 %.1f
row 'cache of classes, MB' classes 1000000 %.1f

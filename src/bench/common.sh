# Shared by the scripts beside it, which source it: a fake back end and Nectar on free loopback
# ports, in a directory of their own, all gone at exit. NECTAR_JAR names another jar.

set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$(realpath -m "${NECTAR_JAR:-$bench/../../target/nectar.jar}")
access_key=bench
admin_token=bench-admin-token
work=$(mktemp -d)
pids=()

clean_up() {
  local status=$? pid
  # A second Ctrl-C must not leave half of it behind.
  trap '' INT TERM
  trap - EXIT
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    # A signal that was still to be heard ends a wait early.
    while kill -0 "$pid" 2>/dev/null; do
      wait "$pid" 2>/dev/null || true
    done
  done
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

die() {
  echo "$*" >&2
  exit 1
}

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || die "This needs $tool."
  done
}

# The newest JDK of JAVA_HOME and /usr/lib/jvm, from 25 on.
find_java() {
  local home version best=24
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [[ -n $home && -x $home/bin/javac && -r $home/release ]] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [[ ${version:-0} -gt $best ]]; then
      best=$version
      java=$home/bin/java
    fi
  done
  [[ -n ${java:-} ]] || die "No JDK 25 or newer in JAVA_HOME or /usr/lib/jvm."
}

# Sets free_port: below the ports that the system hands out itself, and nobody listens there.
find_port() {
  for free_port in $(shuf -i 20000-32000 -n 100); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$free_port") 2>/dev/null; then
      return
    fi
  done
  die "No free port."
}

# Waits until a command succeeds, for so many seconds, or until the process with that id is gone.
# pause: the seconds between two tries.
pause=0.1
await() {
  local seconds=$1 pid=$2 end=$((SECONDS + $1))
  shift 2
  until "$@" >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || return 1
    ((SECONDS < end)) || return 1
    sleep "$pause"
  done
}

# start_back_end BYTES MILLISECONDS: sets back_end, its base address.
start_back_end() {
  "$java" "$bench/load/FakeBackEnd.java" "$1" "$2" >"$work/back-end.port" 2>"$work/back-end.log" &
  pids+=($!)
  await 60 $! grep -q . "$work/back-end.port" || die "The back end: $(cat "$work/back-end.log")"
  back_end=http://127.0.0.1:$(cat "$work/back-end.port")
}

# start_nectar [JVM OPTION...]: sets nectar, its base address, and nectar_pid. place: the name of its
# directory; ledger_file: its ledger; prices: its PRICES.
place=nectar
start_nectar() {
  [[ -r $jar ]] || die "$jar is missing: ./mvnw -DskipTests package makes it."
  find_port
  mkdir -p "$work/$place"
  # Started from a directory without an .env.
  (
    cd "$work/$place"
    exec env PORT="$free_port" PROXY_ACCESS_KEY="$access_key" ADMIN_TOKEN="$admin_token" \
      BACKEND_API_URLS="$back_end" CACHE_DIR="$work/$place/images" LEDGER_FILE="${ledger_file:-$work/$place/ledger.db}" PRICES="${prices:-}" POLLINATIONS_ENABLED=false \
      MAX_CONNECTIONS_PER_CLIENT=100000 \
      "$java" --enable-native-access=ALL-UNNAMED "$@" -jar "$jar"
  ) >"$work/$place.log" 2>&1 &
  nectar_pid=$!
  pids+=("$nectar_pid")
  nectar=http://127.0.0.1:$free_port
  await 60 "$nectar_pid" curl --fail --silent --max-time 2 "$nectar/actuator/health/readiness" ||
    die "Nectar did not start: $(tail -n 40 "$work/$place.log")"
}

# kill_nectar: as the kernel does when memory is short.
kill_nectar() {
  local pid others=()
  kill -KILL "$nectar_pid"
  wait "$nectar_pid" 2>/dev/null || true
  for pid in "${pids[@]}"; do
    [[ $pid == "$nectar_pid" ]] || others+=("$pid")
  done
  pids=("${others[@]}")
}

# heap_kb: what of Nectar's heap is still used after a full collection.
heap_kb() {
  "${java%/java}/jcmd" "$nectar_pid" GC.run >/dev/null
  "${java%/java}/jcmd" "$nectar_pid" GC.heap_info |
    sed -n 's/.*[[:space:]]used[[:space:]]*\([0-9]*\)K.*/\1/p' | head -n 1
}

# known: how many entries the cache has seen by now; needs jq.
known() {
  curl --fail --silent "$nectar/status" | jq .cache.entries
}

resident_kb() {
  awk '/^VmRSS/ { print $2 }' "/proc/$nectar_pid/status"
}

need curl shuf
find_java

#!/usr/bin/env bash
# Makes a cache of loaded and linked classes for java -XX:AOTCache=CACHE, with the same options: by a
# start in a directory of its own and the first requests, whose classes every later start has at
# once. JAVA names the java, by default that of the PATH.
set -euo pipefail

if (($# < 2)); then
  echo "Usage: $0 JAR CACHE [JVM OPTION]..." >&2
  exit 2
fi
jar=$(realpath -e -- "$1")
cache=$(realpath -- "$2")
shift 2
# What is there stays until there is something in its place.
made=$(mktemp -- "$cache.XXXXXX")
home=$(mktemp -d)
server=

clean_up() {
  local status=$?
  trap '' INT TERM
  if [[ -n $server ]]; then
    kill -KILL "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf -- "$home" "$made" "$made.config"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for port in $(shuf -i 20000-32000 -n 100); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done

# get TARGET: prints the status.
get() {
  local status
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  read -r _ status _ <&3
  cat <&3 >/dev/null
  exec 3>&-
  echo "$status"
} 2>/dev/null

cd "$home"
# Without any other settings, and nobody listens at that back end's port: nobody is asked anything.
env -i PATH="$PATH" ADDRESS=127.0.0.1 PORT="$port" PROXY_ACCESS_KEY=training \
  BACKEND_API_URLS=http://127.0.0.1:9 POLLINATIONS_ENABLED=false \
  CACHE_DIR="$home/images" KV_FILE="$home/cache.db" LEDGER_FILE="$home/ledger.db" \
  "${JAVA:-java}" "-XX:AOTCacheOutput=$made" -Xlog:aot=error "$@" -jar "$jar" >"$home/log" 2>&1 &
server=$!
until [[ $(get /actuator/health/readiness) == 200 ]]; do
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
for target in / /status '/prompt/training?key=training' '/prompt/training?key=wrong'; do
  get "$target" >/dev/null || break
done
kill -TERM "$server" 2>/dev/null || true
# The JVM writes the cache as it ends.
wait "$server" || true
server=
if [[ ! -s $made ]]; then
  cat "$home/log" >&2
  echo "No cache of classes was made." >&2
  exit 1
fi
chmod 644 "$made"
mv -- "$made" "$cache"

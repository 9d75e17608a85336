#!/usr/bin/env bash
# Hits: Nectar and nginx serve the same file, in turn, to the same load; BEFORE_JAR names a Nectar
# to compare with. Prints requests a second and the 99th percentile of their times.
# ROWS: "BYTES METHOD CONNECTIONS" by commas; GET, HEAD, or 304, which is a GET that names the ETag.
# ROUNDS: of each, default 3, of which the median counts. SECONDS_EACH: default 4.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need wrk ab nginx sha256sum

rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-4}
rows=${ROWS:-2000 GET 32,200000 GET 1,200000 GET 32,200000 GET 256,200000 HEAD 32,200000 304 32,2000000 GET 32}

# start_nginx FILE: sets static, the address at which it serves the file.
start_nginx() {
  find_port
  static=http://127.0.0.1:$free_port/image.png
  mkdir -p "$work/nginx/root"
  # The cache keeps its files to itself.
  install --mode=644 "$1" "$work/nginx/root/image.png"
  # Its workers give up root for a user that may not look into a fresh temporary directory.
  chmod 755 "$work"
  cat >"$work/nginx/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $work/nginx/pid;
error_log stderr;
events {
  worker_connections 1024;
}
http {
  types { image/png png; }
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path $work/nginx/body;
  proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi;
  scgi_temp_path $work/nginx/scgi;
  server {
    listen 127.0.0.1:$free_port;
    root $work/nginx/root;
  }
}
CONF
  nginx -p "$work/nginx" -e stderr -c "$work/nginx/nginx.conf" >"$work/nginx.log" 2>&1 &
  nginx_pid=$!
  pids+=("$nginx_pid")
  await 10 "$nginx_pid" curl --fail --silent --output /dev/null "$static" ||
    die "nginx did not start: $(cat "$work/nginx.log")"
}

# rate SECONDS METHOD CONNECTIONS URL: requests a second, and the 99th percentile in ms.
rate() {
  local etag
  case $2 in
    GET) load "$1" "$3" "$4" ;;
    304)
      etag=$(curl --fail --silent --head "$4" | sed -n 's/^etag: *\(.*\)\r$/\1/ip')
      load "$1" "$3" "$4" --header "If-None-Match: $etag"
      ;;
    HEAD) load_heads "$1" "$3" "$4" ;;
    *) die "Neither GET, HEAD nor 304: $2" ;;
  esac
}

# load SECONDS CONNECTIONS URL [OPTION...]
load() {
  local report
  report=$(wrk -t 1 -c "$2" -d "$1s" --latency "${@:4}" "$3")
  if grep --quiet -E 'Non-2xx|Socket errors' <<<"$report"; then
    die "$report"
  fi
  awk '
    $1 == "99%" { ms = $2 * ($2 ~ /us$/ ? 0.001 : $2 ~ /ms$/ ? 1 : 1000) }
    /^Requests\/sec/ { print $2, ms }' <<<"$report"
}

# load_heads SECONDS CONNECTIONS URL: wrk would wait for the bodies.
load_heads() {
  local report
  report=$(ab -q -k -i -t "$1" -n 100000000 -c "$2" "$3" 2>&1)
  grep --quiet -E '^Failed requests: *0$' <<<"$report" || die "$report"
  awk '$1 == "99%" { ms = $2 } /^Requests per second/ { rate = $4 } END { print rate, ms }' <<<"$report"
}

# median COLUMN FILE
median() {
  awk -v c="$1" '{ print $c }' "$2" | sort -n |
    awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# serve BYTES: starts all that serve a picture of that size. Sets names and urls.
serve() {
  local each
  start_back_end "$1" 0
  names=(Nectar)
  urls=()
  for each in "$jar" ${BEFORE_JAR:+"$(realpath "$BEFORE_JAR")"}; do
    jar=$each place=nectar-${#urls[@]}-$1 start_nectar
    urls+=("$nectar/prompt/a%20red%20apple?key=$access_key")
    curl --fail --silent --output "$work/fresh" "${urls[-1]}"
    curl --fail --silent --output "$work/again" --dump-header "$work/head" "${urls[-1]}"
    grep --quiet --ignore-case '^X-Cache: HIT' "$work/head" || die "No hit: $(cat "$work/head")"
    cmp "$work/again" "$work/fresh"
  done
  start_nginx "$(find "$work/nectar-0-$1/images" -name '*.data')"
  curl --fail --silent --output "$work/static" "$static"
  cmp "$work/again" "$work/static"
  names+=(${BEFORE_JAR:+before} nginx)
  urls+=("$static")
  # The first seconds are the compiler's.
  for each in "${urls[@]}"; do
    wrk -t 1 -c 32 -d "$((3 * seconds))s" "$each" >/dev/null
  done
}

stop() {
  local pid
  for pid in "${pids[@]}"; do
    kill "$pid"
    wait "$pid" 2>/dev/null || true
  done
  pids=()
}

# measure BYTES METHOD CONNECTIONS
measure() {
  local round i line
  rm -f "$work"/rates-*
  for ((round = 0; round < rounds; round++)); do
    for i in "${!urls[@]}"; do
      rate "$seconds" "$2" "$3" "${urls[i]}" >>"$work/rates-$i"
    done
  done
  line=$(printf '%8d %-5s %11d' "$@")
  for i in "${!urls[@]}"; do
    line+=$(printf ' %8s %10.0f %8.2f' "${names[i]}" "$(median 1 "$work/rates-$i")" "$(median 2 "$work/rates-$i")")
  done
  awk -v line="$line" -v n="$(median 1 "$work/rates-$((${#urls[@]} - 1))")" -v m="$(median 1 "$work/rates-0")" \
    'BEGIN { printf "%s %9.2f\n", line, m / n }'
}

own_jar=$jar
size=
printf '%8s %-5s %11s   each: name, requests/s, p99 ms; Nectar / nginx\n' bytes what connections
while read -r bytes what connections; do
  if [[ $bytes != "$size" ]]; then
    stop
    jar=$own_jar
    serve "$bytes"
    size=$bytes
  fi
  measure "$bytes" "$what" "$connections"
done < <(tr ',' '\n' <<<"$rows")

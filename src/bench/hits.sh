#!/usr/bin/env bash
# Hits of a 200 KB image: Nectar and nginx serve the same file, in turn, to the same load.
# ROUNDS: of each, default 5. SECONDS_EACH: default 8. CONNECTIONS: default 32.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need wrk nginx sha256sum

rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-8}
connections=${CONNECTIONS:-32}

# start_nginx FILE: sets static, the address at which it serves the file.
start_nginx() {
  find_port
  static=http://127.0.0.1:$free_port/image.png
  mkdir "$work/nginx" "$work/nginx/root"
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
  pids+=($!)
  await 10 $! curl --fail --silent --output /dev/null "$static" ||
    die "nginx did not start: $(cat "$work/nginx.log")"
}

# rate SECONDS URL: requests a second.
rate() {
  local report
  report=$(wrk -t 1 -c "$connections" -d "$1s" "$2")
  if grep --quiet -E 'Non-2xx|Socket errors' <<<"$report"; then
    die "$report"
  fi
  awk '/^Requests\/sec/ { print $2 }' <<<"$report"
}

median() {
  sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

start_back_end 200000 0
start_nectar
hit="$nectar/prompt/a%20red%20apple?key=$access_key"
curl --fail --silent --output "$work/fresh" "$hit"
image=$(find "$work/nectar/images" -name '*.data')
start_nginx "$image"

curl --fail --silent --output "$work/again" --dump-header "$work/head" "$hit"
grep --quiet --ignore-case '^X-Cache: HIT' "$work/head" || die "No hit: $(cat "$work/head")"
curl --fail --silent --output "$work/static" "$static"
[[ $(cat "$work"/{fresh,again,static} | wc -c) -eq 600000 ]] || die "Not the images expected."
cmp "$work/again" "$work/fresh" && cmp "$work/again" "$work/static"

# The first seconds are the compiler's.
rate "$((2 * seconds))" "$hit" >/dev/null
rate 2 "$static" >/dev/null
printf '%-8s %14s %14s\n' round 'Nectar req/s' 'nginx req/s'
for ((round = 1; round <= rounds; round++)); do
  ours=$(rate "$seconds" "$hit")
  theirs=$(rate "$seconds" "$static")
  echo "$ours" >>"$work/ours"
  echo "$theirs" >>"$work/theirs"
  printf '%-8s %14s %14s\n' "$round" "$ours" "$theirs"
done
ours=$(median <"$work/ours")
theirs=$(median <"$work/theirs")
printf '%-8s %14s %14s\n' median "$ours" "$theirs"
best_ours=$(sort -n "$work/ours" | tail -n 1)
best_theirs=$(sort -n "$work/theirs" | tail -n 1)
printf '%-8s %14s %14s\n' best "$best_ours" "$best_theirs"
awk -v m="$ours" -v n="$theirs" -v bm="$best_ours" -v bn="$best_theirs" \
  'BEGIN { printf "Nectar / nginx: median %.2f, best %.2f\n", m / n, bm / bn }'

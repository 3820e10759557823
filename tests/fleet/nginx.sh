# packaging/fleet/nginx.conf on a free port of this machine, with a certificate of its own. Sourced
# by the tests of the fleet.

port_of() { echo "${1##*:}"; }

# start_nginx HUB HUB [PLAIN]: its address in $url, its files in $room/nginx. PLAIN: without TLS.
# limits=off before it: a whole fleet may call from one address.
start_nginx() {
    local conf=$room/nginx.conf site=$room/site.conf pid port ssl=" ssl" scheme=https
    [ -z "${3-}" ] || ssl="" scheme=http
    mkdir -p "$room/nginx/tmp"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$room/cert.key" -out "$room/cert.pem" \
        2>/dev/null
    for _ in $(seq 20); do
        port=$((20000 + RANDOM))
        sed -e "s|127.0.0.1:8055|127.0.0.1:$(port_of "$1")|; s|127.0.0.1:8056|127.0.0.1:$(port_of "$2")|" \
            -e "s#(?<port>805\[56\])#(?<port>$(port_of "$1")|$(port_of "$2"))#" \
            -e "s|listen 443 ssl|listen 127.0.0.1:$port$ssl|" \
            -e "s|/etc/ssl/certs/navigator.pem|$room/cert.pem|" \
            -e "s|/etc/ssl/private/navigator.key|$room/cert.key|" \
            -e "s|/srv/navigator|$data|; s|/var/log/nginx|$room/nginx|" \
            "$root/packaging/fleet/nginx.conf" >"$site"
        [ "${limits-}" != off ] || sed -i '/^ *limit_\(req\|conn\) /d' "$site"
        cat >"$conf" <<CONF
daemon off;
worker_processes 2;
worker_rlimit_nofile 20000;
pid $room/nginx.pid;
error_log $room/nginx-start.log;
events { worker_connections 8000; }
http {
    client_body_temp_path $room/nginx/tmp; proxy_temp_path $room/nginx/tmp;
    fastcgi_temp_path $room/nginx/tmp; uwsgi_temp_path $room/nginx/tmp;
    scgi_temp_path $room/nginx/tmp;
    sendfile on;
    include $site;
}
CONF
        ((EUID != 0)) || sed -i '1i user root;' "$conf"
        nginx -p "$room" -e "$room/nginx-start.log" -c "$conf" 2>>"$room/nginx-start.log" &
        pid=$!
        until [ -s "$room/nginx.pid" ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
        [ ! -s "$room/nginx.pid" ] || break
    done
    [ -s "$room/nginx.pid" ] || fail "nginx doesn't start: $(tail -n 3 "$room/nginx-start.log")"
    children+=("$pid")
    url=$scheme://127.0.0.1:$port
    curl -sk -o /dev/null --retry 50 --retry-connrefused --retry-delay 0 "$url/feed/v1/manifest.json"
}

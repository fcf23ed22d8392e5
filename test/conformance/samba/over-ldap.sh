#!/usr/bin/env bash
# Runs a command while the directory that export-directory.sh made answers LDAP on the loopback of a network of its own:
#   over-ldap.sh FOLDER COMMAND…
# The command finds the address in $LDAP_URI and the account in $LDAP_USER and $LDAP_PASSWORD. Needs root. Leaves no process behind.
set -euo pipefail
export LC_ALL=C.UTF-8
export folder=$1 dc=$1/dc
shift
export LDAP_URI=ldap://127.0.0.1 LDAP_USER=administrator@contoso.local LDAP_PASSWORD=Not-secret-1234
# shellcheck disable=SC2016
unshare -n -- bash -euo pipefail -c '
  ip link set lo up
  samba -F --no-process-group -M single -s "$dc/etc/smb.conf" >"$dc/daemon.out" 2>&1 </dev/null &
  daemon=$!
  trap "kill $daemon 2>/dev/null; wait $daemon 2>/dev/null || true" EXIT
  for _ in $(seq 200); do
    timeout 5 ldapsearch -x -H "$LDAP_URI" -b "" -s base defaultNamingContext >/dev/null 2>&1 && break
    kill -0 $daemon 2>/dev/null || { cat "$dc/daemon.out" >&2; exit 1; }
    sleep 0.1
  done
  "$@"
' over-ldap "$@"

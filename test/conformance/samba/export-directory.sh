#!/usr/bin/env bash
# Makes an Active Directory with Samba in a folder, fills it, and exports it in two ways:
#   export-directory.sh FOLDER USERS.ldif
#     → FOLDER/ldbsearch.ldif    from the database files
#     → FOLDER/ldapsearch.ldif   over LDAP on the loopback of a network of its own
# Needs root, and Debian's packages samba samba-ad-provision samba-dsdb-modules samba-vfs-modules ldb-tools ldap-utils iproute2.
# Leaves no process behind.
set -euo pipefail
export LC_ALL=C.UTF-8
folder=$1
users=$2
dc=$folder/dc
sam=$dc/private/sam.ldb
base=DC=contoso,DC=local
password='Not-secret-1234'

mkdir -p "$dc/etc" "$dc/run"
printf '[global]\n' >"$folder/empty.conf" # so that /etc/samba/smb.conf is no template
timeout 120 samba-tool domain provision --configfile="$folder/empty.conf" --targetdir="$dc" \
  --realm=CONTOSO.LOCAL --domain=CONTOSO --adminpass="$password" --server-role=dc --dns-backend=NONE \
  --host-name=dc1 --host-ip=127.0.0.1 >"$folder/provision.log" 2>&1 || { tail -5 "$folder/provision.log" >&2; exit 1; }

cat >"$dc/etc/smb.conf" <<CONF
[global]
	workgroup = CONTOSO
	realm = CONTOSO.LOCAL
	netbios name = DC1
	server role = active directory domain controller
	server services = ldap
	dcerpc endpoint servers = none
	interfaces = 127.0.0.1/8
	bind interfaces only = yes
	disable netbios = yes
	ldap server require strong auth = no
	tls enabled = no
	private dir = $dc/private
	state directory = $dc/state
	cache directory = $dc/cache
	lock directory = $dc
	pid directory = $dc/run
	ncalrpc dir = $dc/run/ncalrpc
	winbindd socket directory = $dc/run/winbindd
	ntp signd socket directory = $dc/run/ntp_signd
	binddns dir = $dc/bind-dns
	log file = $dc/samba.log
	logging = file
CONF

# ldbadd can fail and exit 0: its own count tells.
expected=$(grep -cE '^dn::? ' "$users")
timeout 60 ldbadd -H "$sam" "$users" | grep -q "Added $expected records successfully" || { echo "ldbadd did not add $expected records" >&2; exit 1; }

filter='(|(objectCategory=person)(objectCategory=group))'
timeout 60 ldbsearch -H "$sam" -b "$base" "$filter" >"$folder/ldbsearch.ldif"

# shellcheck disable=SC2016
export base filter
"$(dirname "$0")/over-ldap.sh" "$folder" bash -c '
  timeout 60 ldapsearch -x -H "$LDAP_URI" -D "$LDAP_USER" -w "$LDAP_PASSWORD" -b "$base" -E pr=20/noprompt "$filter"
' >"$folder/ldapsearch.ldif"

#!/usr/bin/env bash
#
# Runs as root in a container of its own: gives each container a copy of the secrets it needs, and of no others, readable by
# the user it runs as. hand-out.sh FROM TO, where TO has one folder (a volume) for each.
set -euo pipefail
umask 077

from=$1
to=$2

# give FOLDER OWNER FILE...
give() {
  local folder=$to/$1 owner=$2 file
  shift 2
  mkdir -p "$folder"
  for file in "$@"; do
    cp "$from/$file" "$folder/$file"
  done
  chown -R "$owner" "$folder"
}

cd "$from"
give kafka 1000:1000 ca.pem kafka.pem admin.properties ./*.scram
give registry 1000:1000 ca.pem registry.p12 registry-keystore registry.jaas registry.jaas-config registry.users
give postgres 999:999 postgres.crt postgres.key
for service in gateway ingest worker sink trainer; do
  give "$service" 10001:10001 ca.pem "$service.jaas" "$service.registry"
done
give operator 10001:10001 ca.pem operator.jaas operator.registry operator.properties

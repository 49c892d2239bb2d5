#!/usr/bin/env bash
#
# Runs in a container with Kafka's tools, as the broker's own certificate: brings every user with its password, then the
# rights of acls.sh and those of the registry, which keeps its schemas in Kafka. bring-access.sh BROKER SECRETS
set -euo pipefail

broker=$1
secrets=$2
admin=(--bootstrap-server "$broker" --command-config "$secrets/admin.properties")
tools=/opt/kafka/bin

for file in "$secrets"/*.scram; do
  user=$(basename "$file" .scram)
  "$tools/kafka-configs.sh" "${admin[@]}" --alter --entity-type users --entity-name "$user" --add-config-file "$file"
done
KAFKA_ACLS=$tools/kafka-acls.sh bash "$(dirname "${BASH_SOURCE[0]}")/acls.sh" "${admin[@]}"
"$tools/kafka-acls.sh" "${admin[@]}" --add --allow-principal User:registry --operation All --topic _schemas
"$tools/kafka-acls.sh" "${admin[@]}" --add --allow-principal User:registry --operation Describe --topic __consumer_offsets
"$tools/kafka-acls.sh" "${admin[@]}" --add --allow-principal User:registry --operation Read --group schema-registry

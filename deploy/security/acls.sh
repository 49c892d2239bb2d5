#!/usr/bin/env bash
# Gives ctstream's users their rights. Written by "ctstream access script": edit Rights.java, not this file.
#
#   acls.sh --bootstrap-server HOST:PORT --command-config ADMIN.properties
#
# KAFKA_ACLS is the tool to use, kafka-acls.sh by default.
set -euo pipefail
acls=${KAFKA_ACLS:-kafka-acls.sh}

# publisher: sends scans and labels: a PACS integration, or "ctstream publish"
"$acls" "$@" --add --allow-principal User:publisher --operation Write --operation DescribeConfigs --topic ct.scan.received
"$acls" "$@" --add --allow-principal User:publisher --operation Write --operation DescribeConfigs --topic ct.scan.received.stat
"$acls" "$@" --add --allow-principal User:publisher --operation Write --operation DescribeConfigs --topic ct.scan.labeled
# gateway: the PACS gateway
"$acls" "$@" --add --allow-principal User:gateway --operation Describe --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:gateway --operation Write --operation DescribeConfigs --topic ct.scan.received
"$acls" "$@" --add --allow-principal User:gateway --operation Write --operation DescribeConfigs --topic ct.scan.received.stat
# ingest: the ingest service
"$acls" "$@" --add --allow-principal User:ingest --operation Describe --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:ingest --operation Read --topic ct.scan.received
"$acls" "$@" --add --allow-principal User:ingest --operation Read --topic ct.scan.received.stat
"$acls" "$@" --add --allow-principal User:ingest --operation Write --topic ct.scan.normalized
"$acls" "$@" --add --allow-principal User:ingest --operation Write --topic ct.scan.normalized.stat
"$acls" "$@" --add --allow-principal User:ingest --operation Write --topic ct.scan.received.dlt
"$acls" "$@" --add --allow-principal User:ingest --operation Write --topic ct.scan.received.stat.dlt
"$acls" "$@" --add --allow-principal User:ingest --operation Read --group ctstream-ingest
"$acls" "$@" --add --allow-principal User:ingest --operation Read --group ctstream-ingest-stat
"$acls" "$@" --add --allow-principal User:ingest --operation Write --operation Describe --transactional-id ctstream-ingest- --resource-pattern-type prefixed
# worker: the inference workers
"$acls" "$@" --add --allow-principal User:worker --operation Describe --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:worker --operation Read --topic ct.scan.normalized
"$acls" "$@" --add --allow-principal User:worker --operation Read --topic ct.scan.normalized.stat
"$acls" "$@" --add --allow-principal User:worker --operation Read --topic ct.model.released
"$acls" "$@" --add --allow-principal User:worker --operation Write --topic ct.scan.classified
"$acls" "$@" --add --allow-principal User:worker --operation Write --topic ct.scan.normalized.dlt
"$acls" "$@" --add --allow-principal User:worker --operation Write --topic ct.scan.normalized.stat.dlt
"$acls" "$@" --add --allow-principal User:worker --operation Read --group ctstream-inference-worker
"$acls" "$@" --add --allow-principal User:worker --operation Read --group ctstream-inference-worker-stat
"$acls" "$@" --add --allow-principal User:worker --operation Read --group ctstream-inference-worker-queue
"$acls" "$@" --add --allow-principal User:worker --operation Read --group ctstream-inference-worker-queue-stat
"$acls" "$@" --add --allow-principal User:worker --operation DescribeConfigs --operation AlterConfigs --group ctstream-inference-worker-queue --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:worker --operation Write --operation Describe --transactional-id ctstream-inference-worker- --resource-pattern-type prefixed
# sink: the results sink
"$acls" "$@" --add --allow-principal User:sink --operation Describe --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.classified
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.received
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.received.stat
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.normalized
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.normalized.stat
"$acls" "$@" --add --allow-principal User:sink --operation Read --operation Write --topic ct.model.released
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.model.assessed
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.received.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.received.stat.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.normalized.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.normalized.stat.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.classified.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --topic ct.scan.labeled.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Write --topic ct.scan.alerted
"$acls" "$@" --add --allow-principal User:sink --operation Write --topic ct.scan.labeled
"$acls" "$@" --add --allow-principal User:sink --operation Write --topic ct.study.classified
"$acls" "$@" --add --allow-principal User:sink --operation Write --topic ct.scan.classified.dlt
"$acls" "$@" --add --allow-principal User:sink --operation Read --group ctstream-results-sink
"$acls" "$@" --add --allow-principal User:sink --operation Describe --group ctstream- --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:sink --operation Write --operation Describe --transactional-id ctstream-results-sink- --resource-pattern-type prefixed
# trainer: the continuous trainer
"$acls" "$@" --add --allow-principal User:trainer --operation Describe --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:trainer --operation Read --topic ct.scan.labeled
"$acls" "$@" --add --allow-principal User:trainer --operation Write --topic ct.scan.labeled.dlt
"$acls" "$@" --add --allow-principal User:trainer --operation Read --operation Write --topic ct.model.released
# operator: people at the command line: topics, models, dead letters, audit
"$acls" "$@" --add --allow-principal User:operator --operation Read --operation Create --operation Alter --operation Describe --operation DescribeConfigs --operation AlterConfigs --topic ct. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.model.released
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.model.assessed
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.received
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.received.stat
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.normalized
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.normalized.stat
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.classified
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.scan.labeled
"$acls" "$@" --add --allow-principal User:operator --operation Write --topic ct.audit. --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:operator --operation Write --operation Describe --transactional-id ctstream-redrive
"$acls" "$@" --add --allow-principal User:operator --operation Describe --operation DescribeConfigs --operation AlterConfigs --group ctstream- --resource-pattern-type prefixed
"$acls" "$@" --add --allow-principal User:operator --operation Describe --cluster

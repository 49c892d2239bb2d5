#!/usr/bin/env bash
#
# Makes what docker-compose.secure.yml needs, in deploy/security/secrets: a certificate authority and certificates for Kafka,
# registry and PostgreSQL, a password for each user, and the files in which each part wants them. What is there is kept;
# delete the folder to make all of it anew (Kafka's users are brought again at the next start). Needs openssl and bash.
set -euo pipefail
umask 077

readonly USERS="publisher gateway ingest worker sink trainer operator registry"
readonly DAYS=397
readonly LOGIN="org.apache.kafka.common.security.scram.ScramLoginModule"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
secrets=${1:-$here/secrets}
mkdir -p "$secrets"
cd "$secrets"

password() {
  [ -s "$1" ] || openssl rand -hex 24 >"$1"
}

# certificate NAME COMMON_NAME SAN
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$DAYS" -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  cat "$1.key" "$1.crt" ca.pem >"$1.pem"
  rm "$1.csr" "$1.ext"
}

if [ ! -s ca.pem ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days "$DAYS" \
    -subj "/CN=ctstream compose" 2>/dev/null
  certificate kafka broker "DNS:kafka,DNS:localhost"
  certificate registry registry "DNS:registry,DNS:localhost"
  certificate postgres postgres "DNS:postgres"
  password registry-keystore
  openssl pkcs12 -export -in registry.pem -out registry.p12 -passout file:registry-keystore 2>/dev/null
  # Nobody can add a certificate later.
  rm ca.key ca.srl 2>/dev/null || true
fi

for user in $USERS; do
  password "$user.password"
  printf '%s required username="%s" password="%s";\n' "$LOGIN" "$user" "$(cat "$user.password")" >"$user.jaas"
  # For kafka-configs.sh --add-config-file, which keeps the password off its command line.
  printf 'SCRAM-SHA-512=[password=%s]\n' "$(cat "$user.password")" >"$user.scram"
  printf '%s:%s' "$user" "$(cat "$user.password")" >"$user.registry"
done
# The registry's own users: the operator registers schemas, the others read. Jetty's format.
for user in publisher gateway ingest worker sink trainer operator; do
  printf '%s: %s,%s\n' "$user" "$(cat "$user.password")" "$([ "$user" = operator ] && echo write || echo read)"
done >registry.users
printf 'ctstream {\n  org.eclipse.jetty.security.jaas.spi.PropertyFileLoginModule required\n    file="/run/ctstream/registry.users";\n};\n' >registry.jaas-config

# The broker's own certificate is what may do everything.
printf 'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=/run/ctstream/kafka.pem\nssl.truststore.type=PEM\nssl.truststore.location=/run/ctstream/ca.pem\n' >admin.properties
# For "ctstream topics create", in a container.
cat >operator.properties <<'END'
bootstrap.servers=kafka:19092
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config.file=/run/ctstream/operator.jaas
ssl.truststore.type=PEM
ssl.truststore.location=/run/ctstream/ca.pem
schema.registry.url=https://registry:8081
schema.registry.ssl.truststore.type=PEM
schema.registry.ssl.truststore.location=/run/ctstream/ca.pem
basic.auth.credentials.source=USER_INFO
basic.auth.user.info.file=/run/ctstream/operator.registry
END
printf 'The secrets are in %s. Containers get copies of those they need.\n' "$secrets"

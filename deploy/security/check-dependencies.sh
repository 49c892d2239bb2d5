#!/usr/bin/env bash
#
# Compares the dependencies with the National Vulnerability Database (OWASP Dependency-Check, profile "vulnerabilities").
# Works offline on data fetched before; says aloud that it skips the check where there are none.
#
#   check-dependencies.sh            check on the data that are here
#   check-dependencies.sh --update   fetch the data first; NVD_API_KEY makes that minutes instead of hours
#
# CTSTREAM_VULNERABILITY_DATA is the folder of the data, ~/.cache/ctstream/vulnerabilities by default.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${CTSTREAM_VULNERABILITY_DATA:-$HOME/.cache/ctstream/vulnerabilities}
options=(-f "$here/pom.xml" -P vulnerabilities -DskipTests "-Dctstream.vulnerability.data=$data")

if [ "${1:-}" = --update ]; then
  mkdir -p "$data"
  # The key goes by the environment: nvdApiKeyEnvironmentVariable in the pom.
  exec mvn "${options[@]}" -Dctstream.vulnerability.update=true org.owasp:dependency-check-maven:aggregate
fi
if [ -z "$(find "$data" -name '*.mv.db' -print -quit 2>/dev/null)" ]; then
  printf 'SKIPPED: no vulnerability data in %s. Nothing was checked. Fetch them with: %s --update\n' "$data" "$0" >&2
  exit 0
fi
exec mvn -o "${options[@]}" org.owasp:dependency-check-maven:aggregate

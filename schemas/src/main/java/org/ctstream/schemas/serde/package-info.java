/** Kafka serializers for Avro records in Confluent's wire format, and the choice between ours and Confluent's own. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.serde;

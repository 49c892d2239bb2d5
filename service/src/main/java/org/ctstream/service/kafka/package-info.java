/** Kafka clients configured from a service's configuration. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.kafka;

/** The meter registry and the Kafka client meters. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.metrics;

package org.ctstream.ingest.run;

import java.util.Properties;
import org.apache.kafka.streams.Topology;

/**
 * A Kafka Streams application to run.
 *
 * @param condition what its state is called on {@code /readyz}
 */
public record StreamsPart(String condition, Topology topology, Properties settings) {}

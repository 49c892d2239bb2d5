package org.ctstream.embedded.broker;

import org.ctstream.embedded.part.StackPart;

/** A single-node Kafka broker, wherever it runs. */
public interface Broker extends StackPart {

    @Override
    default String name() {
        return "broker";
    }

    /**
     * What clients put into {@code bootstrap.servers}; the same after a restart.
     *
     * @throws IllegalStateException before the first start
     */
    String bootstrapServers();
}

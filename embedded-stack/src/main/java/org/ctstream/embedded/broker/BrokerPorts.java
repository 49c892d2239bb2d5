package org.ctstream.embedded.broker;

import org.ctstream.embedded.part.Ports;

/** The two ports a broker listens on; 0 stands for one still to be chosen. */
record BrokerPorts(int broker, int controller) {

    static BrokerPorts asked(EmbeddedBrokerSettings settings) {
        return new BrokerPorts(settings.brokerPort(), settings.controllerPort());
    }

    boolean complete() {
        return broker != 0 && controller != 0;
    }

    /** Puts free ports in the place of zeros. */
    BrokerPorts chosen(String host) {
        int brokerPort = broker != 0 ? broker : Ports.free(host, controller);
        int controllerPort = controller != 0 ? controller : Ports.free(host, brokerPort);
        return new BrokerPorts(brokerPort, controllerPort);
    }

    /** @throws org.ctstream.embedded.part.PortTakenException naming the port that is not free; zeros count as free */
    void requireFree(String host) {
        if (broker != 0) {
            Ports.requireFree("broker", host, broker);
        }
        if (controller != 0) {
            Ports.requireFree("broker's controller", host, controller);
        }
    }

    String bootstrapServers(String host) {
        return host + ":" + broker;
    }
}

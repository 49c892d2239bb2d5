package org.ctstream.embedded.broker;

import java.util.Optional;
import java.util.Properties;
import org.ctstream.embedded.security.SecurityFolder;

/**
 * The Kafka configuration of a single combined broker and controller with a small footprint.
 *
 * <p>{@code message.max.bytes} stays at Kafka's default: topics that carry big records say so themselves
 * ({@code max.message.bytes}). Consumer groups of both protocols, share groups, Streams groups and transactions need no
 * flag on this version.
 */
final class BrokerConfiguration {

    private static final String NODE_ID = "1";

    private BrokerConfiguration() {}

    static Properties of(EmbeddedBrokerSettings settings, BrokerPorts ports) {
        Properties p = new Properties();
        identity(p, settings, ports);
        p.put("log.dirs", settings.dataDirectory().toString());
        p.put("auto.create.topics.enable", "false");
        singleNode(p);
        footprint(p);
        promptness(p);
        p.putAll(settings.overrides());
        return p;
    }

    private static void identity(Properties p, EmbeddedBrokerSettings settings, BrokerPorts ports) {
        String host = settings.host();
        Optional<SecurityFolder> security = settings.security();
        String clients = security.isPresent() ? BrokerSecurity.CLIENTS : "PLAINTEXT";
        p.put("process.roles", "broker,controller");
        p.put("node.id", NODE_ID);
        p.put(
                "listeners",
                clients + "://" + host + ":" + ports.broker() + ",CONTROLLER://" + host + ":" + ports.controller());
        p.put("advertised.listeners", clients + "://" + host + ":" + ports.broker());
        p.put("controller.listener.names", "CONTROLLER");
        security.ifPresentOrElse(
                folder -> BrokerSecurity.put(p, folder),
                () -> p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"));
        // Static voters, so that the controller's port may change from one start to the next.
        p.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + ports.controller());
    }

    private static void singleNode(Properties p) {
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void footprint(Properties p) {
        p.put("log.cleaner.dedupe.buffer.size", "4194304"); // the default takes 128 MiB of heap
        p.put("num.io.threads", "2");
        p.put("num.network.threads", "2");
        p.put("background.threads", "2");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("share.coordinator.state.topic.num.partitions", "4");
        // Requests of up to socket.request.max.bytes (100 MiB) wait in heap; this bounds their sum.
        p.put("queued.max.request.bytes", "134217728");
    }

    private static void promptness(Properties p) {
        // After a crash the broker's old session must end before it can register again.
        p.put("broker.session.timeout.ms", "2000");
        p.put("broker.heartbeat.interval.ms", "500");
        // Members get their partitions at the first heartbeat after joining; with 5 s, adding a worker takes 5 s.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.streams.initial.rebalance.delay.ms", "0");
        for (String kind : new String[] {"consumer", "share", "streams"}) {
            p.put("group." + kind + ".min.heartbeat.interval.ms", "500");
            p.put("group." + kind + ".heartbeat.interval.ms", "500");
            // Only the lower bounds: a group may ask for less by its own configuration, the defaults stay Kafka's.
            p.put("group." + kind + ".min.session.timeout.ms", "3000");
        }
        // On one machine a member that is silent for 10 s is dead; Kafka's 45 s would make a kill look like a hang.
        p.put("group.consumer.session.timeout.ms", "10000");
        p.put("group.min.session.timeout.ms", "3000");
        p.put("group.share.min.record.lock.duration.ms", "1000");
        // A transaction right after another waits until that one's end is marked: 1 or 2 ms here, not Kafka's 20.
        p.put("add.partitions.to.txn.retry.backoff.ms", "1");
    }
}

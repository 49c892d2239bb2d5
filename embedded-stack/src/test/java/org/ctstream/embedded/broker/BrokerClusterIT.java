package org.ctstream.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BrokerClusterIT {
    @TempDir
    private Path temp;

    @Test
    void withOneOfThreeNodesKilledWritesGoOnAndItCatchesUpWhenItIsBack() throws Exception {
        try (BrokerCluster cluster =
                new BrokerCluster(temp.resolve("kafka"), temp.resolve("logs"), 3, Map.of(), Duration.ofSeconds(60))) {
            cluster.start();
            RecordsClient client = new RecordsClient(cluster.bootstrapServers());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
                byte[][] values = RecordsClient.numbered(20);
                client.produce("kept", values);
                int leader = leader(admin);

                cluster.nodes().get(leader - 1).kill();
                client.produce("kept", values);
                cluster.nodes().get(leader - 1).start();

                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(inSync(admin)).isEqualTo(3));
                assertThat(client.readAll("kept")).hasSize(40);
            }
        }
    }

    private static int leader(Admin admin) throws Exception {
        return describe(admin).leader().id();
    }

    private static int inSync(Admin admin) throws Exception {
        return describe(admin).isr().size();
    }

    private static TopicPartitionInfo describe(Admin admin) throws Exception {
        return admin.describeTopics(List.of("kept")).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .findFirst()
                .orElseThrow();
    }
}

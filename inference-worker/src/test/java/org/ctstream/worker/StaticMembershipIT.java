package org.ctstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.kafka.RecordConsumers;
import org.ctstream.service.kafka.StaticMembership;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a group by name on a real broker, whose session timeout is ten seconds. */
class StaticMembershipIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final String NORMALIZED = Topic.SCAN_NORMALIZED.topicName();
    private static final int PARTITIONS = Topic.SCAN_NORMALIZED.spec().partitions();

    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void restartedWorkerFindsItsPartitionsAgainAndTheOtherKeepsItsOwn() {
        try (var staying = Cluster.start(named("rolling", "worker-a"))) {
            Set<TopicPartition> ofStaying;
            Set<TopicPartition> ofGoing;
            int epoch;
            try (var going = Cluster.start(named("rolling", "worker-b"))) {
                await().atMost(LONG).ignoreExceptions().until(() -> isShared("rolling", "worker-a", "worker-b"));
                ofStaying = assignment("rolling", "worker-a");
                ofGoing = assignment("rolling", "worker-b");
                epoch = group("rolling").groupEpoch().orElseThrow();
                assertThat(going.run()).isNotDone();
            }
            cluster.publish("rolling", 120, 0);

            try (var back = Cluster.start(named("rolling", "worker-b"))) {
                await().atMost(LONG)
                        .until(() ->
                                cluster.committedScanIds(CLASSIFIED, "rolling").size() >= 120);

                assertThat(assignment("rolling", "worker-a")).isEqualTo(ofStaying);
                assertThat(assignment("rolling", "worker-b")).isEqualTo(ofGoing);
                assertThat(group("rolling").groupEpoch()).hasValue(epoch);
                assertThat(staying.run()).isNotDone();
                assertThat(back.run()).isNotDone();
            }
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "rolling")).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void memberThatDiedWithoutAWordIsSucceededAtOnceByTheInstanceOfItsName() {
        try (var dead = new Member("killed", "worker-a")) {
            dead.awaitPartitions(PARTITIONS);
            dead.dieSilently();

            Map<String, String> settings = named("killed", "worker-a");
            cluster.publish("killed", 30, 0);
            try (var back = Cluster.start(settings)) {
                await().atMost(LONG)
                        .until(() ->
                                cluster.committedScanIds(CLASSIFIED, "killed").size() >= 30);
                assertThat(back.run()).isNotDone();
            }
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "killed")).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void membershipByNameWithoutANameIsRefused() {
        Map<String, String> settings = named("nameless", "any");
        settings.remove(CommonKeys.INSTANCE_NAME);

        assertThatThrownBy(() -> Cluster.start(settings))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("static.membership=true needs instance.name");
    }

    private static Map<String, String> named(String group, String instance) {
        Map<String, String> settings = cluster.workerSettings(instance, group);
        settings.put(StaticMembership.KEY, "true");
        return settings;
    }

    private static boolean isShared(String group, String one, String other) {
        Set<TopicPartition> ofOne = assignment(group, one);
        Set<TopicPartition> ofOther = assignment(group, other);
        long normalized = Stream.concat(ofOne.stream(), ofOther.stream())
                .filter(partition -> partition.topic().equals(NORMALIZED))
                .count();
        return !ofOne.isEmpty() && !ofOther.isEmpty() && normalized == PARTITIONS;
    }

    private static Set<TopicPartition> assignment(String group, String instance) {
        var found = new HashSet<TopicPartition>();
        group(group).members().stream()
                .filter(member -> member.groupInstanceId().orElse("").equals(instance))
                .forEach(member -> found.addAll(member.assignment().topicPartitions()));
        return found;
    }

    private static ConsumerGroupDescription group(String group) {
        try (var admin = cluster.admin()) {
            return Objects.requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A consumer as a worker has it, that can vanish as a killed process does. */
    private static final class Member implements AutoCloseable, ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<TopicPartition> held = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> polling;
        private volatile boolean stopped;

        Member(String group, String instance) {
            var config = ServiceConfig.of("member", WorkerKeys.def(), named(group, instance));
            consumer = RecordConsumers.create(config, group, "member", StaticMembership.settings(config));
            consumer.subscribe(Set.of(NORMALIZED), this);
            polling = CompletableFuture.runAsync(() -> {
                while (!stopped) {
                    var unused = consumer.poll(Duration.ofMillis(50));
                }
            });
        }

        void awaitPartitions(int count) {
            await().atMost(LONG).until(() -> held.size() == count);
        }

        void dieSilently() {
            stopped = true;
            polling.join();
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            held.addAll(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            held.removeAll(new ArrayList<>(partitions));
        }

        @Override
        public void close() {
            stopped = true;
        }
    }
}

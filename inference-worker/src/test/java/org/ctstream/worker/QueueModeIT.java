package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.worker.Cluster.RunningWorker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Workers on share groups of a real broker whose scan topics have two partitions each. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueModeIT {
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final String DEAD_LETTERS = Topic.SCAN_NORMALIZED.topicName() + Topic.DEAD_LETTER_SUFFIX;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** As long as brokers allow unless they are told otherwise. */
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(60);

    private static final int FIRST = 1;
    private static final int LAST = Integer.MAX_VALUE;

    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(folder, 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(FIRST)
    void fourWorkersOnTwoPartitionsAllGetWorkAndEveryScanHasOneResult() {
        var workers = new ArrayList<RunningWorker>();
        try {
            for (int i = 1; i <= 4; i++) {
                Map<String, String> settings = queueSettings("four-" + i, "four");
                settings.put(WorkerKeys.SIMULATED_SCAN_MICROS, "4000");
                workers.add(Cluster.start(settings));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(workers)
                            .allSatisfy(
                                    worker -> assertThat(get(worker, "/readyz").statusCode())
                                            .isEqualTo(200)));
            cluster.publish("four", 1_000, 0);

            awaitScans("four", 1_000);
        } finally {
            workers.forEach(RunningWorker::close);
        }

        List<ScanClassified> results = results("four");
        assertThat(distinct(results)).isEqualTo(1_000);
        assertThat(results).as("no worker died, so no result is there twice").hasSize(1_000);
        Map<String, Long> shares =
                results.stream().collect(Collectors.groupingBy(ScanClassified::getWorker, Collectors.counting()));
        assertThat(shares)
                .hasSize(4)
                .allSatisfy((worker, share) -> assertThat(share).isGreaterThan(50));
    }

    @Tag("long")
    @Test
    void scanThatTakesLongerThanTheLockHasOneResultAndOneDelivery() throws Exception {
        passOver("slow");
        Map<String, String> settings = queueSettings("slow-1", "slow");
        settings.put(WorkerKeys.QUEUE_LOCK_MS, "3000");
        settings.put(WorkerKeys.SIMULATED_BATCH_MICROS, "6000000");
        settings.put(WorkerKeys.BATCH_MAX_SIZE, "2"); // its warm-up runs a batch of each size
        try (var worker = Cluster.start(settings);
                var other = Cluster.start(queueSettings("slow-2", "slow", settings))) {
            awaitMembers("slow-queue", 6);
            cluster.publish("slow", 5, 0);
            awaitScans("slow", 5);
            assertThat(meter(worker, "ctstream_queue_renewals_total") + meter(other, "ctstream_queue_renewals_total"))
                    .isGreaterThanOrEqualTo(5);
            for (RunningWorker each : List.of(worker, other)) {
                assertThat(meter(each, "ctstream_queue_redeliveries_total")).isZero();
                assertThat(metrics(each)).doesNotContainPattern("ctstream_queue_locks_lost_total\\{[^}]*\\} [1-9]");
                await().until(() -> meter(each, "ctstream_queue_in_hand") == 0);
            }
        }

        assertThat(results("slow")).hasSize(5);
    }

    @Test
    void badRecordInABatchIsADeadLetterAndTheOthersAreDoneInTheFirstPass() throws Exception {
        passOver("poison");
        Map<String, String> settings = queueSettings("poison-1", "poison");
        settings.put(WorkerKeys.BATCH_MAX_SIZE, "32");
        cluster.publish("poison", 32, 32);

        try (var worker = Cluster.start(settings)) {
            awaitScans("poison", 31);
            await().atMost(PATIENCE)
                    .until(() ->
                            cluster.committedScanIds(DEAD_LETTERS, "poison").size() == 1);
            await().until(() -> meter(worker, "ctstream_queue_in_hand") == 0);
            assertThat(meter(worker, "ctstream_queue_redeliveries_total")).isZero();
            assertThat(worker.run()).isNotDone();
        }

        assertThat(results("poison")).hasSize(31);
        assertThat(letter("poison-0").reason()).isEqualTo("undecodable");
    }

    @Test
    void stopHandsBackWhatIsNotDoneLongBeforeItsLocksEnd() throws Exception {
        passOver("stop");
        Map<String, String> settings = queueSettings("stop-1", "stop");
        settings.put(WorkerKeys.QUEUE_LOCK_MS, Long.toString(LONGEST_LOCK.toMillis()));
        settings.put(WorkerKeys.SIMULATED_BATCH_MICROS, "3000000");
        settings.put(WorkerKeys.BATCH_MAX_SIZE, "1");
        settings.put(CommonKeys.DRAIN_TIMEOUT_MS, "100");

        try (var first = Cluster.start(settings)) {
            awaitMembers("stop-queue", 3);
            publishApart("stop", 12);
            await().atMost(PATIENCE).until(() -> meter(first, "ctstream_queue_in_hand") > 0);
        }

        assertThat(deliveryCounts("stop-queue", 12 - scans("stop").size(), LONGEST_LOCK.minusSeconds(10)))
                .as("one delivery for what was in a hand, at most")
                .allMatch(count -> count <= 2);
    }

    @Tag("long")
    @Test
    void stopInGoodTimeFinishesWhatTheEngineHas() throws Exception {
        passOver("drain");
        Map<String, String> settings = queueSettings("drain-1", "drain");
        settings.put(WorkerKeys.SIMULATED_BATCH_MICROS, "1000000");
        settings.put(WorkerKeys.BATCH_MAX_SIZE, "2");
        cluster.publish("drain", 4, 0);

        try (var worker = Cluster.start(settings)) {
            await().atMost(PATIENCE).until(() -> meter(worker, "ctstream_queue_in_hand") > 0);
        }

        assertThat(results("drain"))
                .isNotEmpty()
                .allMatch(result -> result.getWorker().equals("drain-1"));
        try (var next = Cluster.start(queueSettings("drain-2", "drain"))) {
            awaitScans("drain", 4);
            assertThat(next.run()).isNotDone();
        }
        assertThat(results("drain")).as("what was finished was accepted").hasSize(4);
    }

    @Tag("long")
    @Test
    void scanThatEndsEveryProcessIsFoundAndTheOthersAreDone() throws Exception {
        passOver("deadly");
        Map<String, String> settings = queueSettings("deadly-1", "deadly");
        settings.put(WorkerKeys.CRASH_JOURNAL, folder.resolve("crash-journal").toString());
        settings.put(WorkerProcess.DEADLY_GREY, "5");
        cluster.publish("deadly", 12, 0);

        int processes = 0;
        boolean done = false;
        while (!done) {
            assertThat(++processes).as("processes until the scan is found").isLessThan(10);
            Process process = WorkerProcess.start(settings, folder.resolve("deadly-" + processes + ".log"));
            try {
                await().atMost(PATIENCE)
                        .until(() -> !process.isAlive()
                                || !cluster.committedScanIds(DEAD_LETTERS, "deadly")
                                        .isEmpty());
                done = process.isAlive();
                if (done) {
                    awaitScans("deadly", 11);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        assertThat(processes).as("the scan did end some").isGreaterThan(3);
        DeadLetter letter = letter("deadly-5");
        assertThat(letter.reason()).isEqualTo("engine-failure");
        assertThat(letter.message()).contains("the worker's process ended 3 times");
        assertThat(scans("deadly")).hasSize(11).doesNotContain("deadly-5");
    }

    @Test
    void scanWhoseDeliveriesEndInSilenceIsADeadLetterBeforeTheBrokerArchivesIt() {
        passOver("frozen");
        Map<String, String> settings = queueSettings("frozen-1", "frozen");
        settings.put(WorkerKeys.QUEUE_DELIVERY_LIMIT, "3");
        configure(settings);
        cluster.publish("frozen", 2, 0);

        try (var frozen = frozenMember("frozen-queue")) {
            var held = new ArrayList<String>();
            await().atMost(PATIENCE).until(() -> {
                frozen.poll(Duration.ofMillis(200)).forEach(record -> held.add(new String(record.key(), UTF_8)));
                return !held.isEmpty();
            });
            try (var worker = Cluster.start(settings)) {
                await().atMost(PATIENCE)
                        .until(() ->
                                cluster.committedScanIds(DEAD_LETTERS, "frozen").containsAll(held));
                awaitScans("frozen", 2 - held.size());
                assertThat(worker.run()).isNotDone();
            }
            DeadLetter letter = letter(held.get(0));
            assertThat(letter.reason()).isEqualTo("deliveries-exhausted");
            assertThat(letter.message()).contains("1 deliveries of this scan ended without");
            assertThat(letter.remedy()).contains("redrive");
        }
        assertThat(cluster.committedScanIds(DEAD_LETTERS, "frozen")).doesNotHaveDuplicates();
    }

    @Test
    void lockTheBrokersDoNotAllowIsRefusedNamingTheKey() {
        Map<String, String> settings = queueSettings("long-1", "long");
        settings.put(WorkerKeys.QUEUE_LOCK_MS, "3000000");

        assertThatThrownBy(() -> configure(settings))
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining("long-queue")
                .hasMessageContaining("queue.lock.ms");
    }

    @Test
    void statScanOvertakesTheBacklog() throws Exception {
        passOver("lanes");
        Map<String, String> settings = queueSettings("lanes-1", "lanes");
        settings.put(WorkerKeys.SIMULATED_SCAN_MICROS, "5000");
        cluster.publish("lanes", 1_500, 0);

        int before;
        try (var worker = Cluster.start(settings)) {
            awaitScans("lanes", 50);
            before = scans("lanes").size();
            cluster.publish(Lane.STAT, "lanes-urgent", 1, 0);
            awaitScans("lanes-urgent", 1);
            assertThat(worker.run()).isNotDone();
            awaitScans("lanes", 1_501);
        }

        List<ScanClassified> results = results("lanes");
        ScanClassified urgent = results.stream()
                .filter(result -> result.getScanId().equals("lanes-urgent-0"))
                .findFirst()
                .orElseThrow();
        long earlier = results.stream()
                .filter(result -> result.getClassifiedAt().isBefore(urgent.getClassifiedAt()))
                .count();
        assertThat(earlier).as("ROUTINE results before the STAT one").isBetween((long) before, before + 500L);
    }

    @Tag("long")
    @Test
    void brokerThatGoesAndComesBackCostsNoScan() throws Exception {
        passOver("away");
        Map<String, String> settings = queueSettings("away-1", "away");
        settings.put(WorkerKeys.SIMULATED_SCAN_MICROS, "5000");
        cluster.publish("away", 600, 0);

        try (var worker = Cluster.start(settings)) {
            awaitScans("away", 60);
            cluster.stack().broker().stop();
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(get(worker, "/readyz").statusCode()).isEqualTo(503));
            } finally {
                cluster.stack().broker().start();
            }
            awaitScans("away", 600);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get(worker, "/readyz").statusCode()).isEqualTo(200));
            await().atMost(PATIENCE).until(() -> meter(worker, "ctstream_queue_in_hand") == 0);
        }

        assertThat(distinct(results("away"))).isEqualTo(600);
        assertThat(cluster.committedScanIds(DEAD_LETTERS, "away")).isEmpty();
    }

    @Test
    @Order(LAST)
    void clusterWithoutShareGroupsIsRefusedWithTheRemedy() throws Exception {
        try (Admin admin = cluster.admin()) {
            admin.updateFeatures(
                            Map.of(
                                    "share.version",
                                    new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.UNSAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
        }

        try (InferenceWorker worker =
                InferenceWorker.create(ServiceConfig.of("worker", WorkerKeys.def(), queueSettings("none-1", "none")))) {
            assertThatThrownBy(worker::run)
                    .isInstanceOf(FatalStageException.class)
                    .hasMessageContaining("share.version is 0")
                    .hasMessageContaining("kafka-features.sh upgrade --feature share.version=1")
                    .hasMessageContaining("delivery.mode=exactly-once");
        }
    }

    private static Map<String, String> queueSettings(String instance, String group) {
        Map<String, String> settings = cluster.workerSettings(instance, group);
        settings.put(WorkerKeys.DELIVERY_MODE, DeliveryModes.QUEUE);
        settings.put(WorkerKeys.QUEUE_LOCK_MS, "2000");
        return settings;
    }

    private static Map<String, String> queueSettings(String instance, String group, Map<String, String> as) {
        var settings = new HashMap<>(as);
        settings.putAll(queueSettings(instance, group));
        return settings;
    }

    /** As a worker of these settings does before its first consumer joins. */
    private static void configure(Map<String, String> settings) {
        try (Admin admin = cluster.admin()) {
            DeliveryModes.clusterCheck(ServiceConfig.of("worker", WorkerKeys.def(), settings))
                    .check(admin);
        }
    }

    /** A member that takes records and then says nothing more, as a process that is stopped or a host that is lost. */
    private static KafkaShareConsumer<byte[], byte[]> frozenMember(String group) {
        var consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.stack().bootstrapServers(),
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Set.of(Topic.SCAN_NORMALIZED.topicName()));
        return consumer;
    }

    /**
     * Publishes scans in a batch each. Of a batch that several members share, Kafka 4.3.1 does not hand back all records when
     * one of them leaves: the locks of the others run out, which counts as a delivery.
     */
    private static void publishApart(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            cluster.publish(prefix + "-" + i, 1, 0);
        }
    }

    /** Takes that many records of the group, and tells for each how often it has been delivered. */
    private static List<Integer> deliveryCounts(String group, int records, Duration atMost) {
        var counts = new ArrayList<Integer>();
        try (var member = frozenMember(group)) {
            await().atMost(atMost).until(() -> {
                member.poll(Duration.ofMillis(200)).forEach(record -> {
                    counts.add(record.deliveryCount().orElseThrow().intValue());
                    member.acknowledge(record, AcknowledgeType.ACCEPT);
                });
                return counts.size() >= records;
            });
        }
        return counts;
    }

    /** Has the share group of a worker group begin after the scans there are now. */
    private static void passOver(String group) {
        configure(queueSettings("any", group));
        try (Admin admin = cluster.admin()) {
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            for (int i = 0; i < 2; i++) {
                wanted.put(new TopicPartition(Topic.SCAN_NORMALIZED.topicName(), i), OffsetSpec.latest());
            }
            var ends = new HashMap<TopicPartition, Long>();
            admin.listOffsets(wanted).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            admin.alterShareGroupOffsets(group + "-queue", ends).all().get();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot set the beginning of share group " + group, e);
        }
    }

    /**
     * Waits until all members know their partitions. Before that, a member may drop records it has just fetched from a
     * partition that is another's by now, and their locks run out.
     */
    private static void awaitMembers(String group, int members) {
        try (Admin admin = cluster.admin()) {
            await().atMost(PATIENCE).until(() -> {
                ShareGroupDescription described = Objects.requireNonNull(
                        admin.describeShareGroups(List.of(group)).all().get().get(group));
                return described.members().size() == members
                        && described.members().stream()
                                .allMatch(member -> member.memberEpoch() == described.groupEpoch());
            });
        }
    }

    private static void awaitScans(String prefix, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> scans(prefix).size() >= count);
    }

    private static Set<String> scans(String prefix) {
        return Set.copyOf(cluster.committedScanIds(CLASSIFIED, prefix));
    }

    private static List<ScanClassified> results(String prefix) {
        return cluster.read(CLASSIFIED).stream()
                .map(cluster::decode)
                .filter(result -> result.getScanId().startsWith(prefix + "-"))
                .toList();
    }

    private static long distinct(List<ScanClassified> results) {
        return results.stream().map(ScanClassified::getResultId).distinct().count();
    }

    private static DeadLetter letter(String scanId) {
        return cluster.read(DEAD_LETTERS).stream()
                .map(DeadLetter::read)
                .filter(letter -> letter.scanId().equals(scanId))
                .findFirst()
                .orElseThrow();
    }

    private static double meter(RunningWorker worker, String name) throws Exception {
        Matcher line =
                Pattern.compile("(?m)^" + name + "(\\{[^}]*\\})? (\\S+)$").matcher(metrics(worker));
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(2));
        }
        return sum;
    }

    private static String metrics(RunningWorker worker) throws Exception {
        return get(worker, "/metrics").body();
    }

    private static HttpResponse<String> get(RunningWorker worker, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + worker.worker().httpPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}

package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.embedded.BrokerMode;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.registry.SchemaRegistries;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against a real broker and a real registry. Each test takes its own application and scan ids. */
class IngestServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEAD_LETTERS = Topic.SCAN_RECEIVED.topicName() + Topic.DEAD_LETTER_SUFFIX;

    @TempDir
    private static Path folder;

    private static EmbeddedStack stack;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String application = "it-" + UUID.randomUUID();

    @BeforeAll
    static void startStack() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder)
                .withBrokerMode(BrokerMode.IN_THIS_JVM)
                .withBrokerOverrides(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200")));
        Preparation.prepare(ServiceConfig.of("it", IngestKeys.def(), connections()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "max.request.size", 17 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopStack() {
        producer.close();
        stack.close();
    }

    @Test
    void fiftyScansBecomeOneResultOrDeadLetterEachOverARegistryOutage() throws Exception {
        Serializer<ScanReceived> serializer = Serializers.valueSerializer(connections());
        byte[] known = serializer.serialize(Topic.SCAN_RECEIVED.topicName(), TestScans.inline("x", TestScans.png(0)));
        int unknownId = registerAnotherVersion();
        assertThat(unknownId).isNotEqualTo(idOf(known));
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        // A bound shorter than one attempt, so that threads are replaced during the outage.
        try (var ingest = start(IngestKeys.RETRY_MAX_MS, "1");
                var normalized = tap(Topic.SCAN_NORMALIZED.topicName(), "read_committed");
                var letters = tap(DEAD_LETTERS, "read_committed")) {
            publish(serializer, 0, 25, idOf(known), good, bad);
            await().atMost(PATIENCE).until(() -> mine(normalized.all()).size() == good.size());

            stack.registry().stop();
            publish(serializer, 25, 50, unknownId, good, bad);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ingest.metrics())
                            .containsPattern("kafka_stream_failed_stream_threads\\S* [1-9]"));
            assertThat(ingest.isReady()).isFalse();
            stack.registry().start();

            await().atMost(PATIENCE)
                    .until(() ->
                            mine(normalized.all()).size() + mine(letters.all()).size() >= 50);
            await().atMost(PATIENCE).until(ingest::isReady);
            ingest.stop();
            assertThat(mine(normalized.all())).containsExactlyInAnyOrderElementsOf(good);
            assertThat(mine(letters.all())).containsExactlyInAnyOrderElementsOf(bad);
        }
    }

    @Test
    void statScanIsNormalizedWhileEveryRoutineThreadIsHeldUp() throws Exception {
        byte[] png = TestScans.png(1);
        var answers = new CountDownLatch(1);
        HttpServer store = storeAnsweringAfter(answers, png);
        Serializer<ScanReceived> serializer = Serializers.valueSerializer(connections());
        String url = "http://127.0.0.1:" + store.getAddress().getPort() + "/scans/";
        for (int i = 0; i < 12; i++) {
            send(serializer, TestScans.claim(application + ".routine-" + i, url + "1.png", png), i % 6);
        }
        ScanReceived urgent = TestScans.inline(application + ".stat", png);
        urgent.setPriority(Priority.STAT);
        String topic = Topic.SCAN_RECEIVED_STAT.topicName();
        send(new ProducerRecord<>(topic, urgent.getScanId().getBytes(UTF_8), serializer.serialize(topic, urgent)));

        try (var ingest = start(IngestKeys.CLAIM_CHECK_ROOTS, url);
                var routine = tap(Topic.SCAN_NORMALIZED.topicName(), "read_committed");
                var stat = tap(Topic.SCAN_NORMALIZED_STAT.topicName(), "read_committed")) {
            await().atMost(PATIENCE).until(() -> mine(stat.all()).equals(List.of(urgent.getScanId())));
            assertThat(mine(routine.all())).isEmpty();

            answers.countDown();
            await().atMost(PATIENCE).until(() -> mine(routine.all()).size() == 12);
            ingest.stop();
        } finally {
            answers.countDown();
            store.stop(0);
        }
    }

    @Test
    void transactionThatTimesOutWhileAStoreIsAwayIsDoneAgainExactlyOnce() throws Exception {
        byte[] png = TestScans.png(1);
        var requests = new AtomicInteger();
        // Back-off doubles from 100 to 200 ms on: six failures are more than five seconds, the transaction's time is
        // three. The commit interval is shorter than that, so that the second transaction cannot time out too.
        HttpServer store = storeAnswering503(6, requests, png);
        Serializer<ScanReceived> serializer = Serializers.valueSerializer(connections());
        String url = "http://127.0.0.1:" + store.getAddress().getPort() + "/scans/";
        // On a busy machine a commit may come between two of them; what counts is that it is not behind the last.
        int inline = 60;
        List<String> ids = IntStream.rangeClosed(0, inline)
                .mapToObj(i -> application + "." + i)
                .toList();
        ids.subList(0, inline).forEach(id -> send(serializer, TestScans.inline(id, png), 0));
        send(serializer, TestScans.claim(ids.get(inline), url + "1.png", png), 0);

        try (var ingest = start(
                        IngestKeys.CLAIM_CHECK_ROOTS,
                        url,
                        IngestKeys.COMMIT_INTERVAL_MS,
                        "1500",
                        "streams.producer.transaction.timeout.ms",
                        "3000");
                var committed = tap(Topic.SCAN_NORMALIZED.topicName(), "read_committed");
                var all = tap(Topic.SCAN_NORMALIZED.topicName(), "read_uncommitted")) {
            await().atMost(PATIENCE).until(() -> mine(committed.all()).contains(ids.get(inline)));
            ingest.stop();

            assertThat(mine(committed.all())).containsExactlyInAnyOrderElementsOf(ids);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mine(all.all()))
                            .as("a scan of the transaction that timed out is there twice, uncommitted and committed")
                            .hasSizeGreaterThan(ids.size()));
            assertThat(requests.get()).isGreaterThan(6);
        } finally {
            store.stop(0);
        }
    }

    @Test
    void stopIsBoundedAlsoWhileAReadHangs() throws Exception {
        byte[] png = TestScans.png(1);
        var asked = new CountDownLatch(1);
        var testOver = new CountDownLatch(1);
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/scans/", exchange -> {
            asked.countDown();
            awaitQuietly(testOver);
            exchange.close();
        });
        store.start();
        String url = "http://127.0.0.1:" + store.getAddress().getPort() + "/scans/";
        try (var ingest = start(
                IngestKeys.CLAIM_CHECK_ROOTS,
                url,
                IngestKeys.CLAIM_CHECK_TIMEOUT_MS,
                "60000",
                CommonKeys.DRAIN_TIMEOUT_MS,
                "200")) {
            send(Serializers.valueSerializer(connections()), TestScans.claim(application + ".0", url + "1", png), 5);
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            long begin = System.nanoTime();
            ingest.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        } finally {
            testOver.countDown();
            store.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stopLeavesTheGroupSoThatOthersTakeOverAtOnce() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
                var ingest = start()) {
            await().atMost(PATIENCE).until(ingest::isReady);
            assertThat(groupState(admin)).isEqualTo(GroupState.STABLE);

            ingest.stop();

            assertThat(groupState(admin)).isEqualTo(GroupState.EMPTY);
        }
    }

    private GroupState groupState(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of(application))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .groupState();
    }

    private RunningIngest start(String... keys) {
        var all = new ArrayList<>(List.of(IngestKeys.APPLICATION_ID, application));
        all.addAll(List.of(keys));
        return new RunningIngest(stack.bootstrapServers(), stack.registryUrl(), all.toArray(String[]::new));
    }

    /** Scans from (inclusive) to (exclusive): every fifth is DICOM, every tenth is cut off, every 25th no Avro. */
    private void publish(
            Serializer<ScanReceived> serializer, int from, int to, int schemaId, List<String> good, List<String> bad) {
        for (int i = from; i < to; i++) {
            String id = application + "." + i;
            byte[] image = i % 5 == 0 ? TestScans.dicom(i) : TestScans.png(i);
            boolean cutOff = i % 10 == 7;
            byte[] value = serializer.serialize(
                    Topic.SCAN_RECEIVED.topicName(), TestScans.inline(id, cutOff ? TestScans.truncated(image) : image));
            ByteBuffer.wrap(value).putInt(1, schemaId);
            if (i % 25 == 24) {
                value[0] = 'x';
            }
            (cutOff || i % 25 == 24 ? bad : good).add(id);
            send(new ProducerRecord<>(Topic.SCAN_RECEIVED.topicName(), id.getBytes(UTF_8), value));
        }
    }

    private static void send(Serializer<ScanReceived> serializer, ScanReceived scan, int partition) {
        send(new ProducerRecord<>(
                Topic.SCAN_RECEIVED.topicName(),
                partition,
                scan.getScanId().getBytes(UTF_8),
                serializer.serialize(Topic.SCAN_RECEIVED.topicName(), scan)));
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The same fields under another text, hence another id, which the service has to ask the registry for. */
    private static int registerAnotherVersion() {
        Schema schema = new Schema.Parser().parse(Topic.SCAN_RECEIVED.schema().toString());
        schema.addProp("it", SchemaBuilder.builder().nullType().toString());
        return SchemaRegistries.open(connections()).register(Topic.SCAN_RECEIVED.valueSubject(), schema);
    }

    private static int idOf(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    private static HttpServer storeAnswering503(int failures, AtomicInteger requests, byte[] png) throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/scans/", exchange -> {
            boolean away = requests.incrementAndGet() <= failures;
            exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : png.length);
            if (!away) {
                exchange.getResponseBody().write(png);
            }
            exchange.close();
        });
        store.start();
        return store;
    }

    private static HttpServer storeAnsweringAfter(CountDownLatch answers, byte[] png) throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/scans/", exchange -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, png.length);
            exchange.getResponseBody().write(png);
            exchange.close();
        });
        store.start();
        return store;
    }

    private static Map<String, String> connections() {
        return Map.of("bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", stack.registryUrl());
    }

    private static TopicTap tap(String topic, String isolationLevel) {
        return new TopicTap(stack.bootstrapServers(), topic, isolationLevel);
    }

    /** Keys of this test's scans, in order of offset within a partition. */
    private List<String> mine(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.key(), UTF_8))
                .filter(key -> key.startsWith(application + "."))
                .toList();
    }
}

package org.ctstream.trainer.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.embedded.BrokerMode;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.topic.TopicCreator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real broker and a real registry; each test begins with topics of its own. */
class DatasetStoreIT {
    private static final String LABELED = Topic.SCAN_LABELED.topicName();
    private static final String LETTERS = LABELED + Topic.DEAD_LETTER_SUFFIX;

    @TempDir
    private static Path stackFolder;

    private static EmbeddedStack stack;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ServiceConfig config;

    @TempDir
    private Path folder;

    private long labelledAt = 1_700_000_000_000L;

    @BeforeAll
    static void startStack() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(stackFolder).withBrokerMode(BrokerMode.IN_THIS_JVM));
        config = ServiceConfig.of(
                "trainer",
                DatasetKeys.define(CommonKeys.def(0)),
                Map.of(
                        CommonKeys.BOOTSTRAP_SERVERS,
                        stack.bootstrapServers(),
                        CommonKeys.SCHEMA_REGISTRY_URL,
                        stack.registryUrl()));
        Preparation.prepare(config);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "enable.idempotence", true),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopStack() {
        producer.close();
        stack.close();
    }

    @BeforeEach
    void makeTopicsAnew() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            Set<String> old = admin.listTopics().names().get();
            admin.deleteTopics(Stream.of(LABELED, LETTERS).filter(old::contains).toList())
                    .all()
                    .get();
            await().until(() -> !admin.listTopics().names().get().contains(LABELED));
            new TopicCreator(admin, 0, -1).createMissing(Topic.allSpecs());
            await().until(() -> admin.listTopics().names().get().containsAll(Set.of(LABELED, LETTERS)));
        }
    }

    @Test
    void folderDeletedAndMadeAgainFromTheTopicIsTheSameDataset() throws Exception {
        for (int i = 0; i < 12; i++) {
            label("scan-" + i, png(i), i % 2 == 0, i < 8 ? Split.TRAIN : i < 10 ? Split.VALIDATION : Split.TEST);
        }

        Dataset first = materialise();
        Dataset again = materialise();
        delete(folder.resolve("data"));
        Dataset rebuilt = materialise();

        assertThat(first.images(Split.TRAIN)).hasSize(8);
        assertThat(first.images(Split.VALIDATION)).hasSize(2);
        assertThat(first.images(Split.TEST)).hasSize(2);
        assertThat(first.rejected()).isEmpty();
        assertThat(first.labelOffsets().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(12);
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(rebuilt.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(rebuilt.labelOffsets()).isEqualTo(first.labelOffsets());
        assertThat(rebuilt.statistics(Split.TRAIN)).isEqualTo(first.statistics(Split.TRAIN));
    }

    @Test
    void datasetOfTheTopicIsTheDatasetOfTheList() throws Exception {
        Path list = TestImages.list(folder, "train.csv", 1, 2, 3, 4);
        for (int i = 1; i <= 4; i++) {
            label("scan-" + i, png(i), i % 2 == 0, Split.TRAIN);
        }

        Dataset ofList = Datasets.fromCsv(Map.of(Split.TRAIN, List.of(list)), folder.resolve("cache"));

        assertThat(materialise().fingerprint()).isEqualTo(ofList.fingerprint());
    }

    @Test
    void laterLabelOfAScanReplacesTheEarlierAndATombstoneRemovesScanAndImage() throws Exception {
        label("scan-1", png(1), true, Split.TRAIN);
        label("scan-2", png(2), true, Split.TRAIN);
        Dataset before = materialise();

        label("scan-1", png(1), false, Split.TRAIN);
        send("scan-2", null);
        Dataset after = materialise();

        assertThat(before.images(Split.TRAIN)).hasSize(2);
        assertThat(after.images(Split.TRAIN)).singleElement().satisfies(image -> {
            assertThat(image.digest()).isEqualTo(Sha256.hex(png(1)));
            assertThat(image.positive()).isFalse();
        });
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .contains(Sha256.hex(png(1)))
                    .doesNotContain(Sha256.hex(png(2)));
        }
    }

    @Test
    void secondReadingTakesOnlyWhatIsNewUnlessTheIndexIsLost() throws Exception {
        label("scan-1", png(1), true, Split.TRAIN);
        materialise();
        Path index = folder.resolve("data/labels.json");
        String known = Files.readString(index);
        label("scan-2", png(2), false, Split.TRAIN);

        // What was read before is believed: its record is not looked at again.
        Files.writeString(index, known.replace("\"positive\":true", "\"positive\":false"));
        assertThat(materialise().images(Split.TRAIN))
                .hasSize(2)
                .allSatisfy(image -> assertThat(image.positive()).isFalse());

        // As after a crash between images and index.
        Files.writeString(index, known.substring(0, known.length() / 2));
        assertThat(materialise().statistics(Split.TRAIN).positives()).isEqualTo(1);
    }

    @Test
    void oldIndexIsReadAnewBecauseTombstonesMayBeGone() throws Exception {
        label("scan-1", png(1), true, Split.TRAIN);
        materialise();
        Path index = folder.resolve("data/labels.json");
        Files.writeString(index, Files.readString(index).replace("\"positive\":true", "\"positive\":false"));

        var tomorrow = Clock.fixed(Instant.now().plus(Duration.ofDays(1)), ZoneOffset.UTC);
        Dataset dataset = new DatasetStore(folder.resolve("data"), DatasetSettings.DEFAULTS, tomorrow)
                .materialise(LabelTopic.of(config));

        assertThat(dataset.statistics(Split.TRAIN).positives()).isEqualTo(1);
    }

    @Test
    void testImageThatAlsoStandsInTrainingIsRefusedUntilItIsWithdrawn() throws Exception {
        label("train-1", png(1), true, Split.TRAIN);
        label("train-2", png(2), true, Split.TRAIN);
        label("test-1", png(1), true, Split.TEST);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::materialise)
                .withMessageContainingAll(Sha256.hex(png(1)), "train-1 in train", "test-1 in test", "Remedy");

        send("test-1", null);
        assertThat(materialise().images(Split.TRAIN)).hasSize(2);
    }

    @Test
    void whatCannotBeUsedIsRejectedAndBecomesOneDeadLetterWithItsBytesAlsoOverARebuild() throws Exception {
        label("good", png(1), true, Split.TRAIN);
        label("garbage", TestImages.UNDECODABLE, true, Split.TRAIN);
        label("truncated", TestImages.truncated(png(2)), true, Split.TRAIN);
        send("unsure", event("unsure", png(3), Label.INDETERMINATE, Split.TRAIN));
        send("other-key", event("id", png(4), Label.POSITIVE, Split.TRAIN));
        sendBytes("not-avro", "not Avro".getBytes(UTF_8));

        Dataset dataset = materialise();
        delete(folder.resolve("data"));
        materialise();

        assertThat(dataset.images(Split.TRAIN)).hasSize(1);
        assertThat(dataset.rejected())
                .extracting(Rejected::source)
                .containsExactlyInAnyOrder("garbage", "truncated", "unsure", "other-key", "not-avro");
        assertThat(dataset.rejected()).allSatisfy(rejected -> {
            assertThat(rejected.field()).isNotBlank();
            assertThat(rejected.remedy()).isNotBlank();
        });
        List<ConsumerRecord<byte[], byte[]>> letters = letters();
        assertThat(letters)
                .extracting(letter -> DeadLetter.read(letter).reason())
                .containsExactlyInAnyOrder(
                        "unknown-format", "truncated", "unusable-label", "bad-scan-id", "undecodable");
        assertThat(letters)
                .filteredOn(letter -> DeadLetter.read(letter).scanId().equals("not-avro"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo("not Avro".getBytes(UTF_8)));
    }

    @Test
    void reviewerWhoIsUnsureTakesALabelBackWithoutADeadLetter() throws Exception {
        label("doubtful", png(1), true, Split.TRAIN);
        label("clear", png(2), true, Split.TRAIN);
        assertThat(materialise().images(Split.TRAIN)).hasSize(2);
        ScanLabeled unsure = event("doubtful", png(1), Label.INDETERMINATE, null);
        unsure.setOrigin("review");
        send("doubtful", unsure);

        Dataset dataset = materialise();

        assertThat(dataset.images(Split.TRAIN)).hasSize(1);
        assertThat(dataset.rejected()).isEmpty();
        assertThat(letters()).isEmpty();
    }

    @Test
    void claimCheckIsReadUnderItsRootOnly() throws Exception {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        Path inside = Files.write(scans.resolve("a.png"), png(1));
        Path outside = Files.write(folder.resolve("b.png"), png(2));
        claim("inside", inside, png(1));
        claim("outside", outside, png(2));
        var settings =
                new DatasetSettings(DecodeLimits.DEFAULTS, List.of(scans.toUri().toString()), Duration.ofSeconds(5), 0);

        Dataset dataset = new DatasetStore(folder.resolve("data"), settings).materialise(LabelTopic.of(config));

        assertThat(dataset.images(Split.TRAIN)).extracting(LabeledImage::digest).containsExactly(Sha256.hex(png(1)));
        assertThat(dataset.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.source()).isEqualTo("outside");
            assertThat(rejected.toString()).doesNotContain("b.png");
        });
    }

    @Test
    void labelWithoutSplitIsForTrainingAndTheStoreRemembersIt() throws Exception {
        send("review", event("review", png(1), Label.POSITIVE, null));

        assertThat(materialise().images(Split.TRAIN)).hasSize(1);
        assertThat(materialise().images(Split.TRAIN)).hasSize(1);
    }

    @Test
    void topicMadeAnewIsReadFromItsBeginning() throws Exception {
        label("scan-1", png(1), true, Split.TRAIN);
        materialise();
        makeTopicsAnew();
        label("scan-2", png(2), true, Split.TRAIN);

        assertThat(materialise().images(Split.TRAIN))
                .extracting(LabeledImage::digest)
                .containsExactly(Sha256.hex(png(2)));
    }

    @Test
    void missingTopicIsSaidWithItsRemedy() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.deleteTopics(List.of(LABELED)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(LABELED));
        }

        assertThatExceptionOfType(FatalStageException.class)
                .isThrownBy(this::materialise)
                .withMessageContainingAll(LABELED, "topics create");
    }

    @Test
    void folderInUseByAnotherIsRefused() {
        try (FolderLock lock = FolderLock.take(folder.resolve("data"))) {
            assertThatExceptionOfType(DatasetException.class)
                    .isThrownBy(this::materialise)
                    .withMessageContaining("somebody else");
        }
    }

    private Dataset materialise() {
        return new DatasetStore(folder.resolve("data"), DatasetKeys.settings(config))
                .materialise(LabelTopic.of(config));
    }

    private static byte[] png(int seed) {
        return TestImages.png(seed, seed % 2 == 0);
    }

    private void label(String scanId, byte[] image, boolean positive, Split split) throws Exception {
        send(scanId, event(scanId, image, positive ? Label.POSITIVE : Label.NEGATIVE, split));
    }

    private void claim(String scanId, Path file, byte[] content) throws Exception {
        ScanLabeled event = event(scanId, content, Label.POSITIVE, Split.TRAIN);
        event.setImage(new ClaimCheck(file.toUri().toString(), Sha256.hex(content), (long) content.length));
        send(scanId, event);
    }

    private ScanLabeled event(String scanId, byte[] image, Label label, @Nullable Split split) {
        return ScanLabeled.newBuilder()
                .setScanId(scanId)
                .setImage(new InlinePayload(ByteBuffer.wrap(image)))
                .setLabel(label)
                .setSplit(org.ctstream.schemas.avro.Split.valueOf(split == null ? "UNASSIGNED" : split.name()))
                .setLabelledBy("reader-1")
                .setLabelledAt(Instant.ofEpochMilli(labelledAt++))
                .setOrigin("it")
                .build();
    }

    private void send(String key, @Nullable ScanLabeled event) throws Exception {
        byte[] value = null;
        if (event != null) {
            value = Serializers.<ScanLabeled>valueSerializer(config.serializers())
                    .serialize(LABELED, event);
        }
        producer.send(new ProducerRecord<>(LABELED, key.getBytes(UTF_8), value)).get();
    }

    private void sendBytes(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(LABELED, key.getBytes(UTF_8), value)).get();
    }

    private static List<ConsumerRecord<byte[], byte[]>> letters() {
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (TopicReader reader = LabelTopic.of(config).reader()) {
            reader.read(LETTERS, Map.of(), reader.ends(LETTERS), letters::addAll);
        }
        return letters;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

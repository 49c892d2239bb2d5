package org.ctstream.gateway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.metrics.Protocol;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.privacy.ScanCleaner;
import org.ctstream.publisher.ScanRecords;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.claims.ClaimStores;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.ctstream.service.tracing.Tracing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanIntakeTest {
    private static final Pseudonyms SITE = Pseudonyms.keyed("a key of the hospital's".getBytes(UTF_8));
    private static final byte[] FILE = new PhantomSlices(64).generate(7, false).toDicom();
    private static final DicomIdentity IDENTITY = identity(FILE);

    private final MockProducer<String, ScanReceived> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, scan) -> new byte[1]);

    @Test
    void successComesOnlyWithTheAcknowledgement() {
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> intake().store(object(FILE)));
        await().until(() -> producer.history().size() == 1);
        assertThat(outcome).isNotDone();

        assertThat(producer.completeNext()).isTrue();

        assertThat(outcome.join())
                .isEqualTo(new Outcome.Stored(producer.history().get(0).key()));
    }

    @Test
    void recordHasPseudonymsThePrioritysTopicAndNothingOfThePatient() {
        ProducerRecord<String, ScanReceived> record = sent();

        ScanReceived scan = record.value();
        assertThat(record.topic()).isEqualTo("ct.scan.received.stat");
        assertThat(scan.getSource()).isEqualTo("CT1");
        assertThat(scan.getPriority()).isEqualTo(Priority.STAT);
        assertThat(scan.getInstanceUid())
                .isEqualTo(SITE.uid(IDENTITY.sopInstanceUid().orElseThrow()).orElseThrow());
        assertThat(scan.getPatientRef())
                .isEqualTo(SITE.patient(IDENTITY.patientId().orElseThrow()).orElseThrow());
        String all = scan + " " + record.key() + new String(content(scan), ISO_8859_1);
        assertThat(all)
                .doesNotContain(IDENTITY.sopInstanceUid().orElseThrow())
                .doesNotContain(IDENTITY.studyInstanceUid().orElseThrow())
                .doesNotContain(IDENTITY.patientId().orElseThrow())
                .doesNotContain("PHANTOM^SYNTHETIC");
    }

    @Test
    void objectThatIsSentAgainIsTheSameScan() {
        assertThat(sent().key()).isEqualTo(sent().key());
    }

    @Test
    void failedDeliveryIsARefusalForTheTimeBeing() {
        assertThat(after(new TimeoutException("no broker"))).satisfies(ScanIntakeTest::isUnavailable);
    }

    @Test
    void deliveryThatTakesTooLongIsARefusalForTheTimeBeing() {
        var intake = intake(producer, ScanPayloads.inline(1 << 20), Duration.ofMillis(50));

        isUnavailable(intake.store(object(FILE)));
    }

    @Test
    void registryThatIsAwayIsARefusalForTheTimeBeing() {
        Serializer<ScanReceived> away = (topic, scan) -> {
            throw new SerializationException("no registry");
        };
        var intake = intake(
                new MockProducer<>(true, null, new StringSerializer(), away),
                ScanPayloads.inline(1 << 20),
                Duration.ofSeconds(5));

        isUnavailable(intake.store(object(FILE)));
    }

    @Test
    void recordTheBrokerFindsTooLargeIsRefusedForGood() {
        assertThat(after(new RecordTooLargeException("x")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void objectOverTheRecordsLimitIsRefusedWithoutAClaimStore() {
        var intake = intake(producer, ScanPayloads.inline(100), Duration.ofSeconds(5));

        assertThat(intake.store(object(FILE)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void largeObjectTravelsByClaimCheck(@TempDir Path folder) throws Exception {
        try (ClaimStore store = ClaimStores.open(folder.toUri())) {
            var intake = intake(automatic(), new ScanPayloads(100, store), Duration.ofSeconds(5));

            assertThat(intake.store(object(FILE))).isInstanceOf(Outcome.Stored.class);
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void claimStoreThatIsAwayIsARefusalForTheTimeBeing(@TempDir Path folder) throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (ClaimStore store = ClaimStores.open(URI.create(gone.toUri().toString()))) {
            Files.delete(gone);

            isUnavailable(intake(producer, new ScanPayloads(100, store), Duration.ofSeconds(5))
                    .store(object(FILE)));
        }
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void objectThatIsNotTheAnnouncedOneIsRefused() {
        var announced = new FileMeta(Peer.CT, "1.2.3", Peer.EXPLICIT);
        var object = new ReceivedObject(FILE, announced, Optional.empty(), "CT1", Priority.STAT, Protocol.C_STORE);

        assertThat(intake().store(object))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MISMATCH));
    }

    @Test
    void objectOfAnotherStudyThanTheRequestsIsRefused() {
        assertThat(intake().store(object(FILE, Optional.of("1.2.3"))))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_STUDY));
        assertThat(intake(automatic(), ScanPayloads.inline(1 << 20), Duration.ofSeconds(5))
                        .store(object(FILE, IDENTITY.studyInstanceUid())))
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void whatCannotBeDeidentifiedIsRefusedForGood() {
        byte[] cut = Arrays.copyOf(FILE, FILE.length / 2);

        assertThat(intake().store(object(cut))).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
            assertThat(refused.comment()).startsWith("TRUNCATED");
        });
        assertThat(producer.history()).isEmpty();
    }

    private ProducerRecord<String, ScanReceived> sent() {
        var automatic = automatic();
        assertThat(intake(automatic, ScanPayloads.inline(1 << 20), Duration.ofSeconds(5))
                        .store(object(FILE)))
                .isInstanceOf(Outcome.Stored.class);
        return automatic.history().get(0);
    }

    private Outcome after(RuntimeException failure) {
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> intake().store(object(FILE)));
        await().until(() -> producer.errorNext(failure));
        return outcome.join();
    }

    private ScanIntake intake() {
        return intake(producer, ScanPayloads.inline(1 << 20), Duration.ofSeconds(30));
    }

    private static ScanIntake intake(
            MockProducer<String, ScanReceived> producer, ScanPayloads payloads, Duration patience) {
        return new ScanIntake(
                Deidentifier.with(SITE, ZoneOffset.UTC),
                new RepeatableScanIds(SITE),
                payloads,
                new ScanRecords(Clock.systemUTC()),
                producer,
                Tracing.none(),
                patience);
    }

    private static MockProducer<String, ScanReceived> automatic() {
        return new MockProducer<>(true, null, new StringSerializer(), (topic, scan) -> new byte[1]);
    }

    private static void isUnavailable(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused.reason().status()).isEqualTo(0xA700);
        });
    }

    private static byte[] content(ScanReceived scan) {
        var payload = scan.getPayload();
        assertThat(payload).isNotInstanceOf(ClaimCheck.class);
        return ((InlinePayload) payload).getContent().array();
    }

    private static ReceivedObject object(byte[] file) {
        return object(file, Optional.empty());
    }

    private static ReceivedObject object(byte[] file, Optional<String> study) {
        return new ReceivedObject(file, FileMeta.of(FILE).orElseThrow(), study, "CT1", Priority.STAT, Protocol.C_STORE);
    }

    private static DicomIdentity identity(byte[] file) {
        try {
            return new ScanCleaner(DecodeLimits.DEFAULTS).clean(file).identity().orElseThrow();
        } catch (ScanDecodeException e) {
            throw new IllegalStateException(e);
        }
    }
}

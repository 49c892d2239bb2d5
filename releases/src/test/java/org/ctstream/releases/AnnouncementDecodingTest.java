package org.ctstream.releases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.RetriableStageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnnouncementDecodingTest {
    private static final String TOPIC = Topic.MODEL_RELEASED.topicName();
    private static final Map<String, String> SERIALIZERS = Map.of("schema.registry.url", "mock://announcements");

    private final Serializer<ModelReleased> serializer = Serializers.valueSerializer(SERIALIZERS);
    private final AnnouncementDecoding decoding = new AnnouncementDecoding(SERIALIZERS);
    private final ReleaseCatalogue known =
            decoding.apply(ReleaseCatalogue.EMPTY, record(0, "net:1", announcement("1")));

    @Test
    void announcementIsInTheCatalogueWithItsOffset() {
        AnnouncedRelease release = known.find(new ReleaseId("net", "1")).orElseThrow();

        assertThat(release.offset()).isZero();
        assertThat(release.sha256()).isEqualTo(Releases.digest("1"));
        assertThat(release.announcedAt()).isEqualTo("1970-01-01T00:00:01Z");
    }

    @Test
    void recordWithoutValueTakesItsReleaseOff() {
        assertThat(decoding.apply(known, record(1, "net:1", null)).releases()).isEmpty();
    }

    @Test
    void bytesThatAreNoAnnouncementArePassedOverAndToldOf() {
        ReleaseCatalogue after = decoding.apply(known, record(1, "net:2", "junk".getBytes(UTF_8)));

        assertThat(after.releases()).hasSize(1);
        assertThat(after.skipped()).extracting(SkippedRecord::offset).containsExactly(1L);
    }

    @Test
    void keyOfAnotherReleaseIsPassedOver() {
        ReleaseCatalogue after = decoding.apply(known, record(1, "net:9", announcement("2")));

        assertThat(after.releases()).hasSize(1);
        assertThat(after.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.reason()).contains("net:9", "net:2"));
    }

    @Test
    void digestThatIsNoneIsPassedOver() {
        ModelReleased record = Releases.record("2", ModelStage.PRODUCTION);
        record.setSha256("../../etc/passwd");

        ReleaseCatalogue after = decoding.apply(known, record(1, "net:2", serializer.serialize(TOPIC, record)));

        assertThat(after.releases()).hasSize(1);
        assertThat(after.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.reason()).contains("sha256"));
    }

    @Test
    void skippedRecordsAreKeptWithinABound() {
        ReleaseCatalogue after = known;
        for (int i = 1; i <= 500; i++) {
            after = decoding.apply(after, record(i, "net:2", new byte[] {9}));
        }

        assertThat(after.skipped()).hasSize(100);
        assertThat(after.releases()).hasSize(1);
    }

    @Test
    void registryThatIsAwayIsNotTheRecordsFault() {
        var away = new AnnouncementDecoding(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));

        assertThatThrownBy(() -> away.apply(known, record(1, "net:2", announcement("2"))))
                .isInstanceOf(RetriableStageException.class);
    }

    private byte[] announcement(String version) {
        return serializer.serialize(TOPIC, Releases.record(version, ModelStage.PRODUCTION));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(TOPIC, 0, offset, key.getBytes(UTF_8), value);
    }
}

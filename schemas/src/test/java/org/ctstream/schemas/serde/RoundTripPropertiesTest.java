package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanReceived;
import org.jspecify.annotations.Nullable;

class RoundTripPropertiesTest {
    private static final Map<String, String> CONFIGS = Map.of("schema.registry.url", "mock://round-trip");
    private static final long YEAR_9999 = 253_402_300_799_999L;

    private final Serializer<ScanReceived> serializer = Serializers.valueSerializer(CONFIGS);
    private final Deserializer<ScanReceived> deserializer = Serializers.valueDeserializer(CONFIGS, ScanReceived.class);

    @Property(tries = 300)
    void anyReceivedScanComesBackAsItWent(
            @ForAll String scanId,
            @ForAll @WithNull @Nullable String studyUid,
            @ForAll @WithNull @Nullable String patientRef,
            @ForAll @LongRange(min = -YEAR_9999, max = YEAR_9999) long receivedAt,
            @ForAll Priority priority,
            @ForAll @Size(max = 3000) byte[] content,
            @ForAll @Size(max = 5) Map<String, String> attributes) {
        ScanReceived record = ScanReceived.newBuilder(Records.received())
                .setScanId(wellFormed(scanId))
                .setStudyUid(studyUid == null ? null : wellFormed(studyUid))
                .setPatientRef(patientRef == null ? null : wellFormed(patientRef))
                .setReceivedAt(Instant.ofEpochMilli(receivedAt))
                .setPriority(priority)
                .setPayload(new InlinePayload(ByteBuffer.wrap(content)))
                .setAttributes(wellFormed(attributes))
                .build();

        assertThat(deserializer.deserialize("t", serializer.serialize("t", record)))
                .isEqualTo(record);
    }

    @Property(tries = 100)
    void anyClaimCheckComesBackAsItWent(@ForAll String uri, @ForAll long length) {
        ScanReceived record = ScanReceived.newBuilder(Records.received())
                .setPayload(new ClaimCheck(wellFormed(uri), "00", length))
                .build();

        assertThat(deserializer.deserialize("t", serializer.serialize("t", record)))
                .isEqualTo(record);
    }

    @Property(tries = 100)
    void anyProbabilityComesBackToTheLastBit(@ForAll double probability, @ForAll double threshold) {
        Serializer<ScanClassified> classified = Serializers.valueSerializer(CONFIGS);
        Deserializer<ScanClassified> back = Serializers.valueDeserializer(CONFIGS, ScanClassified.class);
        ScanClassified record = ScanClassified.newBuilder(Records.classified())
                .setProbability(probability)
                .setThreshold(threshold)
                .build();

        assertThat(back.deserialize("t", classified.serialize("t", record))).isEqualTo(record);
    }

    /** Lone surrogates have no UTF-8 form, so no string of Avro can carry them. */
    private static String wellFormed(String text) {
        return text.replaceAll("\\p{Cs}", "?");
    }

    private static Map<String, String> wellFormed(Map<String, String> map) {
        Map<String, String> clean = new HashMap<>();
        map.forEach((k, v) -> clean.put(wellFormed(k), wellFormed(v)));
        return clean;
    }
}

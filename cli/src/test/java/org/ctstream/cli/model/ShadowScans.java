package org.ctstream.cli.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.quantize.SmallRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.serde.Serializers;

/**
 * Slices with results of "production", which is small:1, that say what the candidate says, but for those whose id begins with
 * flipping.
 */
final class ShadowScans implements AutoCloseable {
    private static final int WITH_RESULT = 12;
    private static final int FLIPPING_FROM = 9;
    private static final int LABELLED = 6;

    private final Connection connection;
    private final StoredRelease candidate;
    private final String production;
    private final Serializer<SpecificRecord> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private int live;

    ShadowScans(String bootstrapServers, String registryUrl, StoredRelease candidate) {
        this.connection = Connection.plain(bootstrapServers, registryUrl);
        this.candidate = candidate;
        this.production = productionDigest(candidate);
        this.serializer = Serializers.valueSerializer(connection.serializers());
        this.producer =
                new KafkaProducer<>(connection.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Twelve with a result, three of them flipped; two without, one with another release's, one of another size. */
    void publish() throws Exception {
        List<byte[]> slices = new ArrayList<>();
        for (int i = 0; i < WITH_RESULT; i++) {
            slices.add(SmallRelease.slice(i, 1));
        }
        double[] probabilities = SmallRelease.probabilities(candidate, slices);
        for (int i = 0; i < WITH_RESULT; i++) {
            String id = (i < FLIPPING_FROM ? "agreeing-" : "flipping-") + i;
            boolean positive = probabilities[i] >= candidate.release().threshold() == i < FLIPPING_FROM;
            send("ct.scan.normalized", id, slice(id, slices.get(i), SmallRelease.SIDE));
            send("ct.scan.classified", id, result(id, production, positive ? 0.9 : 0.1));
            if (i < LABELLED) {
                send("ct.scan.labeled", "label of " + id, label(id, i % 2 == 0));
            }
        }
        for (String id : List.of("waiting-1", "waiting-2", "other")) {
            send("ct.scan.normalized", id, slice(id, slices.get(0), SmallRelease.SIDE));
        }
        send("ct.scan.classified", "other", result("other", "f".repeat(64), 0.9));
        send("ct.scan.normalized.stat", "large", slice("large", new byte[4], 2));
    }

    /** One more, with a result. */
    void next() throws Exception {
        String id = "live-" + live++;
        send("ct.scan.normalized", id, slice(id, SmallRelease.slice(live, 1), SmallRelease.SIDE));
        send("ct.scan.classified", id, result(id, production, 0.9));
    }

    /** Consumer groups there are. */
    Collection<GroupListing> groups() throws Exception {
        try (Admin admin = Admin.create(connection.admin())) {
            return admin.listGroups().all().get();
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }

    private static String productionDigest(StoredRelease candidate) {
        return new ModelStore(candidate.folder().resolve("../.."))
                .load(new ReleaseId("small", "1"))
                .release()
                .sha256();
    }

    private void send(String topic, String key, SpecificRecord value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), serializer.serialize(topic, value)))
                .get();
    }

    private static byte[] original(String id) {
        return ("original of " + id).getBytes(UTF_8);
    }

    private static ScanNormalized slice(String id, byte[] pixels, int side) {
        return ScanNormalized.newBuilder()
                .setScanId(id)
                .setSource("CT-1")
                .setReceivedAt(Instant.EPOCH)
                .setNormalizedAt(Instant.EPOCH)
                .setPriority(Priority.ROUTINE)
                .setHeight(side)
                .setWidth(side)
                .setPixels(ByteBuffer.wrap(pixels))
                .setSourceDigest(Sha256.of(original(id)))
                .setSourceFormat("PNG")
                .setPreprocessingVersion("test")
                .setStatistics(new ImageStatistics(0.0, 0.0, 0, 0))
                .build();
    }

    private static ScanClassified result(String id, String digest, double probability) {
        return ScanClassified.newBuilder()
                .setResultId("result of " + id)
                .setScanId(id)
                .setSource("CT-1")
                .setPriority(Priority.ROUTINE)
                .setSourceDigest(Sha256.of(original(id)))
                .setPreprocessingVersion("test")
                .setLabel(probability >= 0.5 ? Label.POSITIVE : Label.NEGATIVE)
                .setProbability(probability)
                .setThreshold(0.5)
                .setModelName("small")
                .setModelVersion("1")
                .setModelDigest(digest)
                .setModelTrained(true)
                .setEngine("pytorch")
                .setDevice("cpu")
                .setWorker("worker-1")
                .setReceivedAt(Instant.EPOCH)
                .setNormalizedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }

    private static ScanLabeled label(String id, boolean positive) {
        return ScanLabeled.newBuilder()
                .setScanId("label of " + id)
                .setImage(new InlinePayload(ByteBuffer.wrap(original(id))))
                .setLabel(positive ? Label.POSITIVE : Label.NEGATIVE)
                .setSplit(Split.TEST)
                .setLabelledBy("reader-1")
                .setLabelledAt(Instant.EPOCH)
                .setOrigin("review")
                .build();
    }
}

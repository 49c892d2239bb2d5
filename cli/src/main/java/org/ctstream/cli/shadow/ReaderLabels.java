package org.ctstream.cli.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.fetch.Sha256;

/**
 * What readers said of some originals, from {@code ct.scan.labeled}: by the original's digest, under whatever scan id it was
 * labelled. Labels that one of the releases may have been trained on are left out, unless they are of the test split.
 */
final class ReaderLabels {
    private final Set<String> wanted;
    private final List<Map<String, Long>> trainedTo;
    private final Map<String, Labelled> byScan = new HashMap<>();
    private long unreadable;

    private record Labelled(String digest, Label label, boolean seen) {}

    /**
     * What was found.
     *
     * @param positive whether the original of that digest is positive; no two readers disagree on it
     * @param seen originals left out because a release may have been trained on them
     * @param contradictory originals left out because their labels disagree
     * @param unreadable records that were none
     */
    record Found(Map<String, Boolean> positive, long seen, long contradictory, long unreadable) {
        static final Found NONE = new Found(Map.of(), 0, 0, 0);

        Found {
            positive = Map.copyOf(positive);
        }
    }

    /**
     * @param wanted digests of the originals
     * @param trainedTo for each release the next label offset by partition number when its training data was taken; empty to
     *     leave nothing out
     */
    ReaderLabels(Set<String> wanted, List<Map<String, Long>> trainedTo) {
        this.wanted = Set.copyOf(wanted);
        this.trainedTo = List.copyOf(trainedTo);
    }

    /** Reads the whole topic; nothing if there is none. */
    static Found read(
            Connection connection, ReadProgress progress, Set<String> wanted, List<Map<String, Long>> trainedTo) {
        var labels = new ReaderLabels(wanted, trainedTo);
        String topic = Topic.SCAN_LABELED.topicName();
        try (Deserializer<ScanLabeled> values =
                        Serializers.valueDeserializer(connection.serializers(), ScanLabeled.class);
                var reader = PartitionReader.ofRecords(connection, progress)) {
            reader.read(reader.partitions(topic), null, topic, raw -> labels.take(values, raw));
        }
        return labels.found();
    }

    /** Takes the next record; null takes the scan's label back. */
    void take(String scanId, int partition, long offset, ScanLabeled label) {
        String digest = digest(label.getImage());
        if (!wanted.contains(digest) || label.getLabel() == Label.INDETERMINATE) {
            byScan.remove(scanId);
            return;
        }
        boolean seen = label.getSplit() != Split.TEST
                && trainedTo.stream().anyMatch(offsets -> offset < offsets.getOrDefault(String.valueOf(partition), 0L));
        byScan.put(scanId, new Labelled(digest, label.getLabel(), seen));
    }

    Found found() {
        Map<String, List<Labelled>> byDigest = new TreeMap<>();
        byScan.values()
                .forEach(label -> byDigest.computeIfAbsent(label.digest(), digest -> new ArrayList<>())
                        .add(label));
        Map<String, Boolean> positive = new HashMap<>();
        long seen = 0;
        long contradictory = 0;
        for (Map.Entry<String, List<Labelled>> labels : byDigest.entrySet()) {
            List<Label> said =
                    labels.getValue().stream().map(Labelled::label).distinct().toList();
            if (said.size() > 1) {
                contradictory++;
            } else if (labels.getValue().stream().anyMatch(Labelled::seen)) {
                seen++;
            } else {
                positive.put(labels.getKey(), said.get(0) == Label.POSITIVE);
            }
        }
        return new Found(positive, seen, contradictory, unreadable);
    }

    private void take(Deserializer<ScanLabeled> values, ConsumerRecord<byte[], byte[]> raw) {
        String scanId = raw.key() == null ? "" : new String(raw.key(), UTF_8);
        try {
            ScanLabeled label = values.deserialize(raw.topic(), raw.headers(), raw.value());
            if (label == null) {
                byScan.remove(scanId);
            } else {
                take(scanId, raw.partition(), raw.offset(), label);
            }
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof PoisonRecordException)) {
                throw failure;
            }
            unreadable++;
        }
    }

    private static String digest(Object image) {
        if (image instanceof ClaimCheck claim) {
            return claim.getSha256();
        }
        MessageDigest digest = Sha256.newDigest();
        if (image instanceof InlinePayload payload) {
            digest.update(payload.getContent().duplicate());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.ctstream.trainer.dataset;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.fetch.ClaimRoots;
import org.ctstream.service.fetch.PayloadReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that follows {@code ct.scan.labeled}: the images by content, and an index of the latest label of each scan
 * together with the offsets it was read up to. All of it can be deleted and comes again from the topic as it was.
 *
 * <p>The latest record of a scan holds, also if it cannot be used, and a record without a value removes the scan with its
 * image, so that the result does not depend on what the broker has compacted away. A record that can never be used is
 * reported, becomes a dead letter once, and holds up nothing. How labels settle into splits is {@link Resolver}'s.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads and processes; only one at a time may materialise in a folder. Data sets made earlier
 * stay readable meanwhile, but for images whose scans were removed.
 */
public final class DatasetStore {
    private static final Logger log = LoggerFactory.getLogger(DatasetStore.class);
    /** Reads that hang count too, and one poll's records are decoded by all processors. */
    private static final int READS_PER_PROCESSOR = 4;

    private final Path root;
    private final DatasetSettings settings;
    private final Clock clock;
    private final ImageFolder images;
    private final LabelIndexFile file;

    /** @param root the folder, made if absent; for this store alone */
    public DatasetStore(Path root, DatasetSettings settings) {
        this(root, settings, Clock.systemUTC());
    }

    DatasetStore(Path root, DatasetSettings settings, Clock clock) {
        this.root = root;
        this.settings = settings;
        this.clock = clock;
        this.images = new ImageFolder(root, settings.limits());
        this.file = new LabelIndexFile(root);
    }

    /**
     * Reads what is new on the topic up to its present end, and gives the data set as it is then.
     *
     * @throws DatasetException if the data must not be used (a test image that also stands in training or validation), the
     *     disk is full, or somebody else is updating the folder
     * @throws StageException if Kafka, the registry or a claim-check store is away (retriable) or refuses us (fatal);
     *     calling again goes on
     */
    public Dataset materialise(LabelTopic topic) {
        try (FolderLock lock = FolderLock.take(root)) {
            LabelIndex index = update(topic);
            images.retain(index.labels().values().stream()
                    .map(IndexedLabel::label)
                    .filter(Objects::nonNull)
                    .map(LabelEntry::digest)
                    .collect(Collectors.toSet()));
            return dataset(index);
        } catch (KafkaException e) {
            throw Failures.of(Stage.FETCH, e);
        }
    }

    private LabelIndex update(LabelTopic topic) {
        Instant now = clock.instant();
        String topicId = topic.id();
        try (TopicReader reader = topic.reader();
                DeadLetterBox letters = topic.deadLetters();
                PayloadReader payloads = payloads()) {
            Map<Integer, Long> ends = reader.ends(LabelTopic.NAME);
            LabelIndex known = file.load()
                    .filter(index -> index.continues(topicId, ends, now))
                    .filter(this::hasAllImages)
                    .orElseGet(() -> LabelIndex.empty(topicId, now));
            var labels = new TreeMap<>(known.labels());
            var decoder = new LabelDecoder(topic.deserializer(), payloads, images);
            reader.read(LabelTopic.NAME, known.offsets(), ends, batch -> take(batch, decoder, letters, labels));
            // Letters first: if this process dies in between, the records are read again and their letters are known.
            letters.flush();
            var index = new LabelIndex(LabelIndex.FORMAT, topicId, now.toEpochMilli(), ends, labels);
            file.save(index);
            return index;
        }
    }

    private void take(
            List<ConsumerRecord<byte[], byte[]>> batch,
            LabelDecoder decoder,
            DeadLetterBox letters,
            Map<String, IndexedLabel> labels) {
        List<LabelOutcome> outcomes =
                batch.parallelStream().map(decoder::decode).toList();
        for (int i = 0; i < outcomes.size(); i++) {
            LabelOutcome outcome = outcomes.get(i);
            if (outcome instanceof LabelOutcome.Labelled labelled) {
                labels.put(outcome.key(), new IndexedLabel(labelled.label(), null));
            } else if (outcome instanceof LabelOutcome.Refused refused) {
                labels.put(outcome.key(), new IndexedLabel(null, refused.rejected()));
                letters.put(batch.get(i), refused.cause());
                log.atWarn()
                        .addKeyValue("scanId", refused.rejected().source())
                        .addKeyValue("reason", refused.cause().reason())
                        .addKeyValue("field", refused.rejected().field())
                        .log("Label becomes a dead letter");
            } else {
                labels.remove(outcome.key());
            }
        }
    }

    private Dataset dataset(LabelIndex index) {
        var entries = new ArrayList<LabelEntry>();
        var rejected = new ArrayList<Rejected>();
        index.labels().values().forEach(label -> {
            if (label.label() != null) {
                entries.add(label.label());
            }
            if (label.rejected() != null) {
                rejected.add(label.rejected());
            }
        });
        Resolution resolution = Resolver.resolve(entries, settings.unassignedValidationPercent());
        var offsets = new TreeMap<String, Long>();
        index.offsets().forEach((partition, offset) -> offsets.put(Integer.toString(partition), offset));
        return new Dataset(
                images,
                resolution.images(),
                Stream.concat(rejected.stream(), resolution.rejected().stream()).toList(),
                offsets);
    }

    private boolean hasAllImages(LabelIndex index) {
        return index.labels().values().stream()
                .map(IndexedLabel::label)
                .filter(Objects::nonNull)
                .allMatch(label -> images.has(label.digest()));
    }

    private PayloadReader payloads() {
        return new PayloadReader(
                ClaimRoots.of(settings.claimCheckRoots(), settings.claimCheckTimeout()),
                Math.toIntExact(settings.limits().maxEncodedBytes()),
                settings.claimCheckTimeout(),
                READS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    }
}

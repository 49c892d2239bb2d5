package org.ctstream.releases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;

/**
 * Writes to {@code ct.model.released}: a release and the stage it has from now on. Each record is idempotent and
 * acknowledged by all replicas before a call returns.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReleaseAnnouncer implements AutoCloseable {
    private static final String SOURCE = "ctstream/releases";
    private static final int MAX_BLOCK_MS = 15_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int DELIVERY_TIMEOUT_MS = 30_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<ModelReleased> serializer;
    private final Clock clock;

    /** For tests: any producer, any clock. */
    ReleaseAnnouncer(Producer<byte[], byte[]> producer, Serializer<ModelReleased> serializer, Clock clock) {
        this.producer = producer;
        this.serializer = serializer;
        this.clock = clock;
    }

    /**
     * @param producer configuration of a producer; what an announcement must have is added
     * @param serializers configuration of the serializers
     */
    public static ReleaseAnnouncer open(Map<String, ?> producer, Map<String, ?> serializers) {
        var wanted = new HashMap<String, Object>(producer);
        wanted.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        wanted.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        wanted.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        wanted.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        wanted.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        wanted.put(ProducerConfig.ACKS_CONFIG, "all");
        return new ReleaseAnnouncer(
                new KafkaProducer<>(wanted, new ByteArraySerializer(), new ByteArraySerializer()),
                Serializers.valueSerializer(serializers),
                Clock.systemUTC());
    }

    /** On a service's cluster. */
    public static ReleaseAnnouncer of(ServiceConfig config) {
        return open(config.producer(), config.serializers());
    }

    /**
     * Announces a release.
     *
     * @param store root of the model store that has it, as {@link ModelStore#root} gives it
     * @return the announcement's offset
     * @throws StageException retriable if broker or registry do not answer in time, fatal if only a person can mend it
     */
    public long announce(ModelRelease release, ModelStage stage, Path store) {
        return announce(release, StageChange.to(stage), store);
    }

    /** The same, and says by whom and why. */
    public long announce(ModelRelease release, StageChange change, Path store) {
        return send(ModelReleased.newBuilder()
                .setName(release.name())
                .setVersion(release.version())
                .setUri(store.resolve(release.name())
                        .resolve(release.version())
                        .toUri()
                        .toString())
                .setSha256(release.sha256())
                .setArchitecture(release.architecture())
                .setMean(release.mean())
                .setStandardDeviation(release.standardDeviation())
                .setThreshold(release.threshold())
                .setTrained(release.trained())
                .setMetrics(new TreeMap<>(release.metrics()))
                .setLineage(new Lineage(
                        new TreeMap<>(release.lineage().labelOffsets()),
                        release.lineage().seed(),
                        release.lineage().codeVersion(),
                        release.lineage().parent()))
                .setStage(change.stage())
                .setReleasedAt(now())
                .setChangedBy(change.by())
                .setChangeReason(change.reason())
                .build());
    }

    /**
     * Gives a release that was announced another stage, without a model store at hand.
     *
     * @return the announcement's offset
     * @throws StageException as {@link #announce} does
     */
    public long restage(AnnouncedRelease release, ModelStage stage) {
        return restage(release, StageChange.to(stage));
    }

    /** The same, and says by whom and why. */
    public long restage(AnnouncedRelease release, StageChange change) {
        return send(ModelReleased.newBuilder(release.released())
                .setStage(change.stage())
                .setReleasedAt(now())
                .setChangedBy(change.by())
                .setChangeReason(change.reason())
                .build());
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
        serializer.close();
    }

    private long send(ModelReleased released) {
        String topic = Topic.MODEL_RELEASED.topicName();
        String key = released.getName() + ":" + released.getVersion();
        var headers = EventHeaders.starting(topic, key + ":" + released.getStage(), SOURCE, released.getReleasedAt());
        try {
            byte[] value = serializer.serialize(topic, headers, released);
            return producer.send(new ProducerRecord<>(topic, null, null, key.getBytes(UTF_8), value, headers))
                    .get()
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            throw Failures.of(Stage.STORE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(
                    Stage.STORE, "Interrupted while announcing " + key + "; whether it is announced is not known", e);
        }
    }

    /** The topic's times have milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

package org.ctstream.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.lifecycle.ServiceRunner;

/**
 * Measures the host-side ceiling of one worker process: scans per second from normalized to classified, exactly once,
 * with an engine that costs nothing and the broker in a process of its own on the same machine.
 *
 * <p>The topic is filled first. Time runs from the first to the last committed result as a read_committed consumer sees
 * them, so that the worker's start is left out. Usage: {@code WorkerCeiling [scans] [batch size] [repetitions]}.
 */
public final class WorkerCeiling {
    private WorkerCeiling() {}

    public static void main(String[] arguments) throws Exception {
        int scans = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        String batchSize = arguments.length > 1 ? arguments[1] : "64";
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = Files.createTempDirectory("worker-ceiling");
        try (var cluster = new Cluster(folder)) {
            cluster.publish("ceiling", scans, 0);
            var seen = new ArrayList<Double>();
            for (int i = 0; i < repetitions; i++) {
                seen.add(measure(cluster, folder, scans, batchSize, "ceiling-" + i));
            }
            System.out.printf(
                    "scans=%d batch.max.size=%s partitions=%d cores=%d scansPerSecond=%s%n",
                    scans,
                    batchSize,
                    Topic.SCAN_NORMALIZED.spec().partitions(),
                    Runtime.getRuntime().availableProcessors(),
                    seen.stream().map(rate -> String.format("%.0f", rate)).toList());
        }
    }

    private static double measure(Cluster cluster, Path folder, int scans, String batchSize, String run)
            throws Exception {
        Map<String, String> settings = cluster.workerSettings(run, run);
        settings.put(WorkerKeys.BATCH_MAX_SIZE, batchSize);
        Path file = folder.resolve(run + ".properties");
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        try (var results = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", cluster.stack().bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = results.partitionsFor(Topic.SCAN_CLASSIFIED.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            results.assign(partitions);
            results.seekToEnd(partitions);
            partitions.forEach(results::position);
            ChildJvm worker = ChildJvm.builder("worker", Child.class.getName())
                    .arguments(List.of(file.toString()))
                    .jvmArguments(List.of("-Xmx512m"))
                    .logFile(folder.resolve(run + ".log"))
                    .start(() -> true, Duration.ofSeconds(30));
            try {
                return rate(results, scans, worker);
            } finally {
                worker.stop(Duration.ofSeconds(20));
            }
        }
    }

    private static double rate(KafkaConsumer<byte[], byte[]> results, int scans, ChildJvm worker) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        long first = 0;
        int firstBatch = 0;
        int seen = 0;
        while (seen < scans) {
            int count = results.poll(Duration.ofMillis(20)).count();
            if (seen == 0 && count > 0) {
                first = System.nanoTime();
                firstBatch = count;
            }
            seen += count;
            if (System.nanoTime() - deadline > 0 || !worker.isAlive()) {
                throw new IllegalStateException(
                        "Only " + seen + " of " + scans + " results in five minutes; see " + worker.logFile());
            }
        }
        return (seen - firstBatch) * 1e9 / (System.nanoTime() - first);
    }

    /** The worker process. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Map<String, String> settings = ConfigSources.merge(Path.of(arguments[0]), Map.of(), Map.of());
            var worker = InferenceWorker.create(ServiceConfig.of("worker", WorkerKeys.def(), settings));
            System.exit(ServiceRunner.run(worker, Duration.ofSeconds(20)));
        }
    }
}

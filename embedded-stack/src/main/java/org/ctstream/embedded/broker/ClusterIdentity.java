package org.ctstream.embedded.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.ctstream.embedded.part.EmbeddedException;
import org.jspecify.annotations.Nullable;

/** The cluster id of a data directory, which Kafka itself keeps there in {@code meta.properties}. */
final class ClusterIdentity {

    private ClusterIdentity() {}

    /**
     * The id to start with: the one the directory has, else the one asked for, else a new one.
     *
     * @throws ClusterIdMismatchException if the directory has another one than the one asked for
     */
    static String resolve(Path dataDirectory, @Nullable String asked) {
        String kept = read(dataDirectory);
        if (kept == null) {
            return asked == null ? Uuid.randomUuid().toString() : asked;
        }
        if (asked != null && !asked.equals(kept)) {
            throw new ClusterIdMismatchException(dataDirectory, asked, kept);
        }
        return kept;
    }

    /** The id the directory has, null if it has not been formatted. */
    static @Nullable String read(Path dataDirectory) {
        Path file = dataDirectory.resolve("meta.properties");
        if (!Files.exists(file)) {
            return null;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new EmbeddedException("Cannot read the cluster id from " + file + " (" + e + ")", e);
        }
        return properties.getProperty("cluster.id");
    }
}

package org.ctstream.sink.drift;

import java.time.Instant;
import java.util.List;
import org.ctstream.sink.store.DriftQueries;
import org.jspecify.annotations.Nullable;

/**
 * Compares where the embeddings of a source lie: how like the mean direction of a reference they are, against how like it the
 * reference's own are. Pictures of another kind can move these and leave the probabilities alone.
 *
 * <p>Thread-safe.
 */
final class EmbeddingDrift {
    /** Newest results of the window whose embeddings are read, and of the time before. */
    private static final int WINDOW_RESULTS = 300;

    private static final int EARLIER_RESULTS = 600;

    private final DriftQueries queries;
    private final int least;

    /** @param least fewest embeddings that are compared, on either side */
    EmbeddingDrift(DriftQueries queries, int least) {
        this.queries = queries;
        this.least = least;
    }

    /** What came out; null each if it is not known. */
    record Shift(@Nullable Comparison training, @Nullable Comparison earlier) {}

    /**
     * Of one source and one release.
     *
     * @param earlierFrom begin of the time before the window, inclusive
     * @param from begin of the window
     * @param until end of the window, exclusive
     * @param training reference of the training images, if there is one
     */
    Shift of(
            String source,
            String digest,
            Instant earlierFrom,
            Instant from,
            Instant until,
            @Nullable EmbeddingReference training) {
        List<byte[]> now = alike(queries.embeddings(source, digest, from, until, WINDOW_RESULTS));
        if (now.size() < least) {
            return new Shift(null, null);
        }
        int length = now.get(0).length;
        Comparison trained = training == null || training.mean().size() != length ? null : compared(training, now);
        List<byte[]> before = alike(queries.embeddings(source, digest, earlierFrom, from, EARLIER_RESULTS));
        Comparison earlier = before.size() < least || before.get(0).length != length
                ? null
                : compared(EmbeddingReference.of(before), now);
        return new Shift(trained, earlier);
    }

    private static Comparison compared(EmbeddingReference reference, List<byte[]> now) {
        return Comparison.of(reference.likeness(), reference.likenessOf(now));
    }

    /** Those as long as the newest, which have a direction: what somebody else wrote may be anything. */
    private static List<byte[]> alike(List<byte[]> embeddings) {
        return embeddings.stream()
                .filter(embedding -> embedding.length == embeddings.get(0).length && hasDirection(embedding))
                .toList();
    }

    private static boolean hasDirection(byte[] embedding) {
        for (byte value : embedding) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }
}

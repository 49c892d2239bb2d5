package org.ctstream.sink.similar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ctstream.sink.store.ConfirmedCase;
import org.ctstream.sink.store.EmbeddedResult;
import org.ctstream.sink.store.EmbeddingQueries;
import org.ctstream.sink.store.ScanOrigin;
import org.ctstream.sink.store.StoredEmbedding;

/**
 * The confirmed cases of one model's weights as they were at some time, with their embeddings. Immutable.
 *
 * @param entries the last reviewed first
 * @param readAt when they were read
 */
record CaseMemory(List<Entry> entries, Instant readAt) {
    /** A case and where the network puts it. */
    record Entry(ConfirmedCase confirmed, StoredEmbedding embedding) {}

    private record Distance(ConfirmedCase confirmed, double similarity) {}

    CaseMemory {
        entries = List.copyOf(entries);
    }

    static CaseMemory none() {
        return new CaseMemory(List.of(), Instant.EPOCH);
    }

    /** Reads them anew; an embedding never changes, so those that are here are not read again. */
    CaseMemory renewed(EmbeddingQueries queries, String modelDigest, int most, Instant now) {
        Map<String, StoredEmbedding> known = new HashMap<>();
        entries.forEach(entry -> known.put(entry.confirmed().resultId(), entry.embedding()));
        List<ConfirmedCase> cases = queries.confirmed(modelDigest, most);
        known.putAll(queries.ofResults(cases.stream()
                .map(ConfirmedCase::resultId)
                .filter(id -> !known.containsKey(id))
                .toList()));
        return new CaseMemory(
                cases.stream()
                        .filter(found -> known.containsKey(found.resultId()))
                        .map(found -> new Entry(found, Objects.requireNonNull(known.get(found.resultId()))))
                        .toList(),
                now);
    }

    /**
     * Compares with every case of another patient.
     *
     * @param renewing whether newer ones are being read
     */
    SimilarCases nearest(EmbeddedResult asked, StoredEmbedding embedding, int limit, boolean renewing) {
        List<Distance> distances = new ArrayList<>(entries.size());
        int positive = 0;
        for (Entry entry : entries) {
            if (!entry.confirmed().origin().isAlsoThatOf(asked.origin())) {
                distances.add(new Distance(entry.confirmed(), embedding.similarity(entry.embedding())));
                positive += entry.confirmed().isPositive() ? 1 : 0;
            }
        }
        distances.sort(Comparator.comparingDouble(Distance::similarity).reversed());
        return new SimilarCases(asked.resultId(), true, distances.size(), positive, renewing, apart(distances, limit));
    }

    /** Ten neighbouring slices of one patient are one case, the nearest of them. */
    private static List<SimilarCase> apart(List<Distance> distances, int limit) {
        List<SimilarCase> cases = new ArrayList<>();
        List<ScanOrigin> origins = new ArrayList<>();
        for (Distance distance : distances) {
            if (cases.size() == limit) {
                break;
            }
            ScanOrigin origin = distance.confirmed().origin();
            if (origins.stream().noneMatch(origin::isAlsoThatOf)) {
                cases.add(SimilarCase.of(distance.confirmed(), distance.similarity()));
                origins.add(origin);
            }
        }
        return cases;
    }
}

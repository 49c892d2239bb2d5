package org.ctstream.cli.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one release.
 *
 * @param release {@code name:version}
 * @param stage stage on the topic, in lower case; null if it was not announced or the cluster was not asked
 * @param served true if workers that are not pinned serve it
 * @param trained false if its probabilities mean nothing; null if only its name is known
 * @param created when the release was made; null if only its announcement is known
 * @param store {@code yes}, {@code no}, {@code other} if the store has other weights than those announced, or
 *     {@code unreadable}
 */
@JsonPropertyOrder({"release", "stage", "served", "trained", "architecture", "metrics", "created", "sha256", "store"})
record ModelRow(
        String release,
        @Nullable String stage,
        boolean served,
        @Nullable Boolean trained,
        @Nullable String architecture,
        Map<String, Double> metrics,
        @Nullable Instant created,
        @Nullable String sha256,
        String store) {
    ModelRow {
        metrics = new TreeMap<>(metrics);
    }

    /**
     * @param manifest from the store, null if the store does not have the release or cannot read it
     * @param announced from the topic, null if it is not there
     * @param inStore true if the store has the release, readable or not
     */
    static ModelRow of(
            String release,
            @Nullable ModelRelease manifest,
            @Nullable AnnouncedRelease announced,
            boolean inStore,
            boolean served) {
        String store = inStore ? "unreadable" : "no";
        if (manifest != null) {
            boolean other = announced != null && !announced.sha256().equals(manifest.sha256());
            store = other ? "other" : "yes";
        }
        if (manifest == null && announced == null) {
            return new ModelRow(release, null, false, null, null, Map.of(), null, null, store);
        }
        return new ModelRow(
                release,
                announced == null ? null : announced.stage().name().toLowerCase(Locale.ROOT),
                served,
                manifest != null
                        ? manifest.trained()
                        : Objects.requireNonNull(announced).trained(),
                manifest != null
                        ? manifest.architecture()
                        : Objects.requireNonNull(announced).architecture(),
                manifest != null
                        ? manifest.metrics()
                        : Objects.requireNonNull(announced).metrics(),
                manifest == null ? null : manifest.createdAt(),
                manifest != null
                        ? manifest.sha256()
                        : Objects.requireNonNull(announced).sha256(),
                store);
    }

    /** A metric for people; empty if the release does not have it. */
    String metric(String name) {
        Double value = metrics.get(name);
        return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}

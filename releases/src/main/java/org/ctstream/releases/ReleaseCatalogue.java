package org.ctstream.releases;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelStage;

/**
 * What {@code ct.model.released} says, up to some offset: each release with its newest stage.
 *
 * <p>Only the newest record of a release counts, so that a compacted topic says the same as a whole one.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ReleaseCatalogue {
    /** What a topic says on which nothing was announced. */
    public static final ReleaseCatalogue EMPTY = new ReleaseCatalogue(Map.of(), List.of());

    /** More would only repeat what the first ones say. */
    private static final int MOST_SKIPPED = 100;

    private static final Comparator<AnnouncedRelease> NEWEST_FIRST =
            Comparator.comparingLong(AnnouncedRelease::offset).reversed();

    private final Map<String, AnnouncedRelease> byKey;
    private final List<SkippedRecord> skipped;

    private ReleaseCatalogue(Map<String, AnnouncedRelease> byKey, List<SkippedRecord> skipped) {
        this.byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
        this.skipped = List.copyOf(skipped);
    }

    /**
     * The release workers serve: of those whose newest record says PRODUCTION the one with the newest record. Rolling
     * back is promoting the old one again; retiring the one in production brings back the one promoted before it.
     */
    public Optional<AnnouncedRelease> production() {
        return inProduction().stream().findFirst();
    }

    /** All releases whose newest record says PRODUCTION, newest record first. */
    public List<AnnouncedRelease> inProduction() {
        return byKey.values().stream()
                .filter(release -> release.stage() == ModelStage.PRODUCTION)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** All releases, newest record first. */
    public List<AnnouncedRelease> releases() {
        return byKey.values().stream().sorted(NEWEST_FIRST).toList();
    }

    /** The newest record of this release, if there is one. */
    public Optional<AnnouncedRelease> find(ReleaseId id) {
        return Optional.ofNullable(byKey.get(id.toString()));
    }

    /** Records that say nothing anybody can use, oldest first; the first hundred. */
    public List<SkippedRecord> skipped() {
        return skipped;
    }

    /** This catalogue after a further record. */
    ReleaseCatalogue with(AnnouncedRelease release) {
        var changed = new TreeMap<>(byKey);
        changed.put(release.id().toString(), release);
        return new ReleaseCatalogue(changed, skipped);
    }

    /** This catalogue after a record without a value, which takes its release off the topic. */
    ReleaseCatalogue without(String key) {
        var changed = new TreeMap<>(byKey);
        changed.remove(key);
        return new ReleaseCatalogue(changed, skipped);
    }

    /** This catalogue after a record that cannot be used: what its release's record before it said still holds. */
    ReleaseCatalogue skipping(SkippedRecord record) {
        if (skipped.size() >= MOST_SKIPPED) {
            return this;
        }
        var changed = new ArrayList<>(skipped);
        changed.add(record);
        return new ReleaseCatalogue(byKey, changed);
    }

    @Override
    public String toString() {
        return releases().toString();
    }
}

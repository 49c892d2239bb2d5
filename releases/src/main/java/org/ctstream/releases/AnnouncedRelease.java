package org.ctstream.releases;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.TrustedRecords;

/**
 * A release as its newest record on {@code ct.model.released} tells of it.
 *
 * <h2>Thread safety</h2>
 * Immutable: the record is copied in and out.
 */
public final class AnnouncedRelease {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    static {
        TrustedRecords.trust(); // Copying a record makes another one of its class.
    }

    private final ReleaseId id;
    private final long offset;
    private final ModelReleased released;

    /**
     * @param offset where the record is on the topic
     * @throws IllegalArgumentException if name, version or digest are none
     */
    public AnnouncedRelease(ModelReleased released, long offset) {
        this.id = new ReleaseId(released.getName(), released.getVersion());
        this.offset = offset;
        this.released = ModelReleased.newBuilder(released).build();
        if (!SHA256.matcher(released.getSha256()).matches()) {
            throw new IllegalArgumentException("release " + id
                    + ": sha256 must be 64 lower-case hexadecimal digits, found '" + released.getSha256() + "'");
        }
    }

    public ReleaseId id() {
        return id;
    }

    public ModelStage stage() {
        return released.getStage();
    }

    /** SHA-256 of the weights, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return released.getSha256();
    }

    public String architecture() {
        return released.getArchitecture();
    }

    /** False if no training made the weights. */
    public boolean trained() {
        return released.getTrained();
    }

    /** Results of the evaluation by name. */
    public Map<String, Double> metrics() {
        return new TreeMap<>(released.getMetrics());
    }

    /** When it was announced, or got the stage it has. */
    public Instant announcedAt() {
        return released.getReleasedAt();
    }

    /** Where the record is on the topic: of two announcements the one with the higher offset is newer. */
    public long offset() {
        return offset;
    }

    /** A copy of the whole record. */
    public ModelReleased released() {
        return ModelReleased.newBuilder(released).build();
    }

    @Override
    public String toString() {
        return id + " " + stage() + " at offset " + offset;
    }
}

package org.ctstream.cli.shadow;

import java.util.Map;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ScanClassified;

/**
 * The release a candidate is held against.
 *
 * @param sha256 digest of its weights
 * @param threshold probability from which on it says POSITIVE
 * @param labelOffsets next offset of {@code ct.scan.labeled} by partition number when its training data was taken
 */
record Production(ReleaseId id, String sha256, double threshold, Map<String, Long> labelOffsets) {
    Production {
        labelOffsets = Map.copyOf(labelOffsets);
    }

    static Production of(AnnouncedRelease announced) {
        ModelReleased released = announced.released();
        return new Production(
                announced.id(),
                announced.sha256(),
                released.getThreshold(),
                released.getLineage().getLabelOffsets());
    }

    static Production of(ModelRelease release) {
        return new Production(
                release.id(),
                release.sha256(),
                release.threshold(),
                release.lineage().labelOffsets());
    }

    /** True if this release made the result. */
    boolean made(ScanClassified result) {
        return result.getModelName().equals(id.name())
                && result.getModelVersion().equals(id.version())
                && result.getModelDigest().equals(sha256);
    }
}

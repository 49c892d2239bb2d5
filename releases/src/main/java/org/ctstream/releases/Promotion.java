package org.ctstream.releases;

import java.util.List;
import java.util.Optional;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelStage;
import org.jspecify.annotations.Nullable;

/**
 * What putting a release into production would do to what workers serve, as the topic stands now.
 *
 * @param release the one to be promoted
 * @param replaces the one in production; null if none is
 */
public record Promotion(
        ReleaseId release, Kind kind, @Nullable ReleaseId replaces) {
    /** Where it leads. */
    public enum Kind {
        /** No release is in production. */
        FIRST,
        /** To a release that is new, or was retired. */
        FORWARD,
        /** Back to a release that was in production before and was not retired since. */
        BACK,
        /** The release is the one in production. */
        AGAIN
    }

    /** What promoting this release would do. */
    public static Promotion of(ReleaseCatalogue catalogue, ReleaseId release) {
        ReleaseId present = catalogue.production().map(AnnouncedRelease::id).orElse(null);
        if (present == null) {
            return new Promotion(release, Kind.FIRST, null);
        }
        if (present.equals(release)) {
            return new Promotion(release, Kind.AGAIN, present);
        }
        boolean before = catalogue
                .find(release)
                .filter(found -> found.stage() == ModelStage.PRODUCTION)
                .isPresent();
        return new Promotion(release, before ? Kind.BACK : Kind.FORWARD, present);
    }

    /**
     * The release a rollback goes to: the one that was promoted before the one in production, and was not retired since.
     * Two rollbacks in a row therefore come back, unless what was rolled back is retired in between.
     */
    public static Optional<AnnouncedRelease> previous(ReleaseCatalogue catalogue) {
        List<AnnouncedRelease> production = catalogue.inProduction();
        return production.size() < 2 ? Optional.empty() : Optional.of(production.get(1));
    }

    /**
     * Why these weights cannot be promoted under this name, if so: two stores may have two releases of one name, and workers
     * refuse the one that was not announced.
     *
     * @param sha256 digest of the weights that would be promoted
     * @param where what has them, for the message
     */
    public static Optional<String> otherWeights(
            ReleaseCatalogue catalogue, ReleaseId release, String sha256, String where) {
        return catalogue
                .find(release)
                .map(AnnouncedRelease::sha256)
                .filter(announced -> !announced.equals(sha256))
                .map(announced -> "it was announced with other weights than " + where + " has (SHA-256 announced "
                        + announced + ", there " + sha256 + ")");
    }

    /** For people: what changes. */
    public String effect() {
        return switch (kind) {
            case FIRST -> "No release is in production; " + release + " takes the place of the default release.";
            case FORWARD -> release + " replaces " + replaces + " in production.";
            case BACK -> release + " replaces " + replaces + " in production: back to a release that was there before.";
            case AGAIN -> release + " is in production already; it is announced again.";
        };
    }
}

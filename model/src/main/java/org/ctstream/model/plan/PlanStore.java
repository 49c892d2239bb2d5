package org.ctstream.model.plan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.ctstream.model.release.DiskSync;
import org.ctstream.model.release.Leftovers;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;

/**
 * The plans of one release, in the folder {@code plans} inside the release's own: a {@code .trt} file each, and a JSON
 * file with its key and digest.
 *
 * <p>The release itself is not changed by them: neither its digest nor its copies take in this folder. A plan is there as
 * a whole or not at all, and one for the same key replaces the one before.
 *
 * <h2>Thread safety</h2>
 *
 * Safe for any number of threads and processes on the same folder; of several that save for one key the last wins.
 */
public final class PlanStore {
    /** Name of the folder in the release's. */
    public static final String FOLDER = "plans";

    private static final String TEMPORARY_PREFIX = ".saving-";
    private static final int DIGEST_IN_NAME = 12;

    private final Path folder;
    private final Clock clock;

    /** The plans of a release that is in a model store. */
    public PlanStore(StoredRelease release, Clock clock) {
        this.folder = release.folder().resolve(FOLDER);
        this.clock = clock;
    }

    /** Where its files are; not there before the first plan. */
    public Path folder() {
        return folder;
    }

    /** The plan for exactly this key. Reads the whole plan, to compare its digest. */
    public PlanLookup find(PlanKey key) {
        List<PlanFile> plans;
        try {
            plans = plans();
        } catch (IOException e) {
            return new PlanLookup.None("the plans in " + folder + " cannot be read: " + e.getMessage());
        }
        for (PlanFile plan : plans) {
            if (plan.key().equals(key)) {
                return checked(plan);
            }
        }
        return new PlanLookup.None(plans.stream()
                .map(plan -> key.differences(plan.key()))
                .min(Comparator.comparingInt(List::size))
                .map(nearest -> "none of the " + plans.size() + " in " + folder
                        + " fits; the nearest differs in (wanted, found): " + String.join(", ", nearest))
                .orElse("there is none in " + folder));
    }

    /**
     * Puts a plan into the store.
     *
     * @param writing writes the serialised plan to the file it is given
     * @throws PlanException.ToolFailed if nothing was written
     * @throws PlanException.Unwritable if the folder cannot be written
     * @throws InterruptedException if the writing was interrupted; nothing is stored then
     */
    public StoredPlan save(PlanKey key, Writing writing) throws InterruptedException {
        Path written = folder.resolve(TEMPORARY_PREFIX + UUID.randomUUID() + PlanFile.PLAN_SUFFIX);
        Path described = folder.resolve(TEMPORARY_PREFIX + UUID.randomUUID() + PlanFile.SUFFIX);
        try {
            Files.createDirectories(folder);
            Leftovers.delete(folder, TEMPORARY_PREFIX);
            try {
                writing.write(written);
                return place(key, written, described);
            } finally {
                Files.deleteIfExists(written);
                Files.deleteIfExists(described);
            }
        } catch (IOException e) {
            throw new PlanException.Unwritable(
                    "cannot store a plan in " + folder + ": " + e, "make the model store writable for this process", e);
        }
    }

    private StoredPlan place(PlanKey key, Path written, Path described) throws IOException {
        if (!Files.exists(written) || Files.size(written) == 0) {
            throw new PlanException.ToolFailed("no plan was written", "see what was printed", null);
        }
        String digest = Sha256.of(written);
        Path plan = folder.resolve(key.stem() + "-" + digest.substring(0, DIGEST_IN_NAME) + PlanFile.PLAN_SUFFIX);
        Instant now = clock.instant();
        DiskSync.file(written);
        Files.move(written, plan, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        new PlanFile(key, plan.getFileName().toString(), digest, now.toString()).write(described);
        DiskSync.file(described);
        DiskSync.folder(folder);
        // From here on it is the plan of its key.
        Files.move(
                described,
                folder.resolve(key.stem() + PlanFile.SUFFIX),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        DiskSync.folder(folder);
        deleteReplaced(key, plan);
        return new StoredPlan(key, plan, digest, now);
    }

    private void deleteReplaced(PlanKey key, Path plan) {
        try (DirectoryStream<Path> same = Files.newDirectoryStream(folder, key.stem() + "-*" + PlanFile.PLAN_SUFFIX)) {
            for (Path file : same) {
                if (!file.equals(plan)) {
                    Files.delete(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Without its JSON file it is not used any more: it takes room and does no harm.
        }
    }

    private PlanLookup checked(PlanFile plan) {
        Path file = folder.resolve(plan.file());
        try {
            String found = Sha256.of(file);
            if (!found.equals(plan.sha256())) {
                return new PlanLookup.None("the plan " + file + " was changed or damaged: SHA-256 expected "
                        + plan.sha256() + ", found " + found + "; make it again");
            }
            return new PlanLookup.Found(
                    new StoredPlan(plan.key(), file, plan.sha256(), Instant.parse(plan.createdAt())));
        } catch (IOException | RuntimeException e) {
            return new PlanLookup.None("the plan " + file + " cannot be read: " + e + "; make it again");
        }
    }

    /** Every plan there is a readable description of. */
    private List<PlanFile> plans() throws IOException {
        List<PlanFile> plans = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + PlanFile.SUFFIX)) {
            for (Path file : files) {
                try {
                    plans.add(PlanFile.read(file));
                } catch (IOException e) {
                    // Another version's, or damaged: not a plan of ours either way.
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return plans;
    }

    /** Writes a serialised plan. */
    @FunctionalInterface
    public interface Writing {
        void write(Path file) throws IOException, InterruptedException;
    }
}

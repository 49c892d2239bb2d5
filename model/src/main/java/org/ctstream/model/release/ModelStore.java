package org.ctstream.model.release;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.ctstream.model.files.FolderTree;
import org.ctstream.model.weights.Sha256;
import org.ctstream.model.weights.Weights;

/**
 * A folder of releases: {@code <root>/<name>/<version>/} with {@code manifest.json}, {@code weights.safetensors} and, for
 * people, {@code model-card.md}.
 *
 * <p>A release is there as a whole or not at all, also after a power failure: it is written beside its place, forced to
 * the disk, and moved there in one step. It never changes afterwards.
 *
 * <h2>Thread safety</h2>
 *
 * Safe for any number of threads and processes on the same folder; of several that save the same release one wins.
 */
public final class ModelStore {
    /** Begins with a character no release's name may begin with, so a folder left by a crash is never taken for one. */
    private static final String TEMPORARY_PREFIX = ".saving-";

    private final Path root;

    /** A store in this folder, which is made when the first release is saved. */
    public ModelStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** Whether the store has this release; says nothing about its state. */
    public boolean contains(ReleaseId id) {
        return Files.exists(folder(id).resolve(ReleaseFiles.MANIFEST));
    }

    /**
     * Reads a release and checks its weights' digest, which takes about a fifth of a second for 50 MB.
     *
     * @throws ReleaseException.Absent if there is none of this name and version
     * @throws ReleaseException.Unreadable if its manifest is not well-formed, or the files cannot be read
     * @throws ReleaseException.Corrupt if the weights' digest is not the manifest's
     */
    public StoredRelease load(ReleaseId id) {
        if (!contains(id)) {
            throw new ReleaseException.Absent(
                    "there is no release " + id + " in the model store " + root + "; it has " + list());
        }
        ModelRelease release = manifest(id);
        Path weights = folder(id).resolve(ReleaseFiles.WEIGHTS);
        String found = digest(id, weights);
        if (!found.equals(release.sha256())) {
            throw new ReleaseException.Corrupt("the weights of release " + id + " in the model store " + root
                    + " were changed or damaged: SHA-256 expected " + release.sha256() + ", found " + found
                    + "; delete the release's folder and save or copy it again");
        }
        return new StoredRelease(release, weights);
    }

    /**
     * Saves a release without a model card.
     *
     * @see #save(ModelRelease, Weights, String)
     */
    public StoredRelease save(ModelRelease release, Weights weights) {
        return save(release, weights, "");
    }

    /**
     * Saves a release.
     *
     * @param release manifest whose digest is {@link Weights#sha256}
     * @param card model card in Markdown; blank for none
     * @throws IllegalArgumentException if the digest is not that of the weights
     * @throws ReleaseException.AlreadyExists if there is a release of this name and version, whatever its content
     * @throws ReleaseException.Unreadable if the folder cannot be written
     */
    public StoredRelease save(ModelRelease release, Weights weights, String card) {
        return place(release.id(), folder -> ReleaseFiles.write(folder, release, weights, card), release);
    }

    /**
     * Copies a release, as it is, from elsewhere: another store's folder, a program's resources.
     *
     * @return the release in this store; if it has this very release already, nothing is copied
     * @throws ReleaseException.Unreadable if the manifest is not well-formed, or files cannot be read or written
     * @throws ReleaseException.Corrupt if the weights' digest is not the manifest's
     * @throws ReleaseException.AlreadyExists if the store has another release of this name and version: other weights, or
     *     the same with another manifest
     */
    public StoredRelease add(ReleaseSource source) {
        ModelRelease release = ReleaseFiles.manifest(source);
        if (!contains(release.id())) {
            try {
                return place(release.id(), folder -> ReleaseFiles.copy(source, release, folder), release);
            } catch (ReleaseException.AlreadyExists e) {
                // Another process was faster; whether it has put the same there is seen below.
            }
        }
        StoredRelease there = load(release.id());
        if (!there.release().equals(release)) {
            throw new ReleaseException.AlreadyExists("the model store " + root + " has another release " + release.id()
                    + " than " + source + "; their manifests differ (there, here) in "
                    + Manifest.differences(there.release(), release)
                    + "; releases never change: give one of the two another version");
        }
        return there;
    }

    private StoredRelease place(ReleaseId id, Filling filling, ModelRelease release) {
        Path folder = folder(id);
        try {
            Files.createDirectories(folder.getParent());
            Leftovers.delete(root, TEMPORARY_PREFIX);
            // Not createTempDirectory, whose folder only this user could read, also after the move.
            Path temporary = Files.createDirectory(root.resolve(TEMPORARY_PREFIX + UUID.randomUUID()));
            try {
                filling.fill(temporary);
                // Before the move, or a power failure could leave the release's name without its content.
                DiskSync.folderWithFiles(temporary);
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
                DiskSync.folder(root.resolve(id.name()));
                DiskSync.folder(root);
            } finally {
                FolderTree.delete(temporary);
            }
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            throw alreadyExists(id);
        } catch (IOException e) {
            if (contains(id)) {
                throw alreadyExists(id);
            }
            throw new ReleaseException.Unreadable(
                    "cannot save release " + id + " in the model store " + root + ": " + e, e);
        }
        return new StoredRelease(release, folder.resolve(ReleaseFiles.WEIGHTS));
    }

    /** The releases there are, by name and version. */
    public List<ReleaseId> list() {
        List<ReleaseId> ids = new ArrayList<>();
        for (String name : folders(root)) {
            for (String version : folders(root.resolve(name))) {
                ReleaseId id = new ReleaseId(name, version);
                if (contains(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /**
     * Reads a release's manifest and leaves its weights unread and unchecked: for lists.
     *
     * @throws ReleaseException.Unreadable if it is not there or not well-formed
     * @throws ReleaseException.Corrupt if it is another release's
     */
    public ModelRelease manifest(ReleaseId id) {
        Path file = folder(id).resolve(ReleaseFiles.MANIFEST);
        ModelRelease release;
        try {
            release = Manifest.read(file);
        } catch (IOException e) {
            throw new ReleaseException.Unreadable("cannot read the manifest " + file + ": " + e.getMessage(), e);
        }
        if (!release.id().equals(id)) {
            throw new ReleaseException.Corrupt(
                    "the manifest " + file + " is that of another release: expected " + id + ", found " + release.id());
        }
        return release;
    }

    private static String digest(ReleaseId id, Path weights) {
        try {
            return Sha256.of(weights);
        } catch (IOException e) {
            throw new ReleaseException.Unreadable("cannot read the weights of release " + id + ": " + e, e);
        }
    }

    private Path folder(ReleaseId id) {
        return root.resolve(id.name()).resolve(id.version());
    }

    private ReleaseException.AlreadyExists alreadyExists(ReleaseId id) {
        return new ReleaseException.AlreadyExists("the model store " + root + " has a release " + id
                + " already, and releases never change; save it under another version");
    }

    /** Names of the folders in a folder that may be part of a release's identity, in order; none if it is not there. */
    private static List<String> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(ReleaseId::isPart)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ReleaseException.Unreadable("cannot list the model store's folder " + parent + ": " + e, e);
        }
    }

    /** Writes a release's files into a folder that is not in the store yet. */
    @FunctionalInterface
    private interface Filling {
        void fill(Path folder) throws IOException;
    }
}

package org.ctstream.cli.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ctstream.cli.connect.Place;

/**
 * Everything that was seen, on disk, divided by the hash of the scan's name: all that is known of one scan is in one of the
 * {@link #BUCKETS} files, so that it can be judged with no more in memory than that file's scans. Ten million scans take
 * about 2 GB of disk and 40,000 scans of memory at a time.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Sightings implements AutoCloseable {
    static final int BUCKETS = 256;

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Path folder;
    private final List<DataOutputStream> buckets = new ArrayList<>();
    /** Topics and releases, which are few, by the number that stands for them on disk. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final List<String> names = new ArrayList<>();

    private Sightings(Path folder) {
        this.folder = folder;
    }

    /** In a new folder of the system's temporary folder, gone when this closes. */
    static Sightings open() {
        try {
            var sightings = new Sightings(Files.createTempDirectory("ctstream-verify"));
            for (int i = 0; i < BUCKETS; i++) {
                sightings.buckets.add(new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(sightings.file(i)), BUFFER_BYTES)));
            }
            return sightings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(Sighting sighting) {
        DataOutputStream out = buckets.get(Math.floorMod(spread(sighting.scan()), BUCKETS));
        try {
            if (sighting instanceof Sighting.OnTopic onTopic) {
                out.writeByte(onTopic.stage().code());
                out.writeUTF(onTopic.scan());
                out.writeInt(number(onTopic.place().topic()));
                out.writeInt(onTopic.place().partition());
                out.writeLong(onTopic.place().offset());
                out.writeLong(onTopic.timeMs());
            } else if (sighting instanceof Sighting.InDatabase inDatabase) {
                out.writeByte(Stage.STORED.code());
                out.writeUTF(inDatabase.scan());
                out.writeInt(number(inDatabase.release()));
                out.writeLong(inDatabase.result());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write to " + folder + " (expected: room for about 250 bytes a scan; java.io.tmpdir names"
                            + " another folder)",
                    e);
        }
    }

    /** Hands over one file's scans after another, each with all that was seen of it; to be called as often as wanted. */
    void accounts(Consumer<Map<String, Account>> each) {
        for (int i = 0; i < BUCKETS; i++) {
            try {
                buckets.get(i).flush();
                each.accept(read(i));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            for (int i = 0; i < buckets.size(); i++) {
                buckets.get(i).close();
                Files.deleteIfExists(file(i));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Account> read(int bucket) throws IOException {
        Map<String, Account> accounts = new HashMap<>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(bucket)), BUFFER_BYTES))) {
            for (int code = in.read(); code >= 0; code = in.read()) {
                Stage stage = Stage.of(code);
                Account account = accounts.computeIfAbsent(in.readUTF(), Account::new);
                if (stage == Stage.STORED) {
                    account.stored(names.get(in.readInt()), in.readLong());
                } else {
                    var place = new Place(names.get(in.readInt()), in.readInt(), in.readLong());
                    account.seen(new Account.Seen(stage, place, in.readLong()));
                }
            }
        } catch (EOFException e) {
            throw new IOException("The file " + file(bucket) + " is cut short (expected: as it was written)", e);
        }
        return accounts;
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unseen -> {
            names.add(unseen);
            return names.size() - 1;
        });
    }

    private Path file(int bucket) {
        return folder.resolve("scans-" + bucket);
    }

    /** Names that differ at their end alone, as those of places, must not fall into few files. */
    private static int spread(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}

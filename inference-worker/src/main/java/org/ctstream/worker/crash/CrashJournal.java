package org.ctstream.worker.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in a file what the engine has at this moment, so that the process after one that ended in the middle knows. The
 * notes outlive the process, not the machine: nothing is forced to disk.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time.
 */
public final class CrashJournal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CrashJournal.class);
    private static final int MOST_SUSPECTS = 1_000;

    private final Path suspectsFile;
    private final FileChannel running;
    /** By slice: how often the process ended while the engine had this one alone. */
    private final Map<Long, Integer> suspects;

    private volatile boolean broken;
    private volatile boolean kept;

    private CrashJournal(Path suspectsFile, FileChannel running, Map<Long, Integer> suspects) {
        this.suspectsFile = suspectsFile;
        this.running = running;
        this.suspects = suspects;
    }

    /**
     * Opens the journal of one worker, and takes account of how its last process ended.
     *
     * @param worker name of the worker, the same after a restart
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static CrashJournal open(Path folder, String worker) {
        String name = worker.replaceAll("[^A-Za-z0-9._-]", "_");
        Path suspectsFile = folder.resolve(name + ".suspects");
        try {
            Files.createDirectories(folder);
            var running = FileChannel.open(folder.resolve(name + ".running"), CREATE, READ, WRITE);
            var journal = new CrashJournal(suspectsFile, running, readSuspects(suspectsFile));
            journal.account(readRunning(running));
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the crash journal in " + folder, e);
        }
    }

    /** The engine is about to get these slices. */
    void begin(long[] slices) {
        ByteBuffer note = ByteBuffer.allocate(Integer.BYTES + slices.length * Long.BYTES);
        note.putInt(slices.length);
        for (long slice : slices) {
            note.putLong(slice);
        }
        write(note.flip());
    }

    /** The engine has given them back, with predictions or without. */
    void end() {
        write(ByteBuffer.allocate(Integer.BYTES));
    }

    boolean isSuspect(long slice) {
        return suspects.containsKey(slice);
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /** How often the process ended while the engine had this slice alone. */
    int crashesAlone(long slice) {
        return suspects.getOrDefault(slice, 0);
    }

    /** The engine has had it alone, and the process goes on. */
    void clear(long slice) {
        if (suspects.remove(slice) != null) {
            saveSuspects();
        }
    }

    /** What the engine has at this moment ends the process. */
    void keep() {
        kept = true;
    }

    /** Unless it is kept, the process ends in good order: what the engine still has is not to blame. */
    @Override
    public void close() {
        if (!kept) {
            end();
        }
        broken = true;
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the crash journal", e);
        }
    }

    private void account(List<Long> hadByEngine) {
        if (hadByEngine.isEmpty()) {
            return;
        }
        int crashes = hadByEngine.size() == 1 ? 1 : 0;
        hadByEngine.forEach(slice -> suspects.merge(slice, crashes, Integer::sum));
        suspects.keySet().stream()
                .limit(Math.max(0, suspects.size() - MOST_SUSPECTS))
                .toList()
                .forEach(suspects::remove);
        saveSuspects();
        end();
    }

    /** A journal that cannot be written is no reason to leave scans undone. */
    private void write(ByteBuffer note) {
        if (broken) {
            return;
        }
        try {
            int written = 0;
            while (note.hasRemaining()) {
                written += running.write(note, written);
            }
        } catch (IOException e) {
            broken = true;
            log.atWarn().setCause(e).log("Cannot write the crash journal; going on without it");
        }
    }

    private void saveSuspects() {
        var lines = new ArrayList<String>();
        suspects.forEach((slice, crashes) -> lines.add(Long.toHexString(slice) + " " + crashes));
        try {
            Path next = suspectsFile.resolveSibling(suspectsFile.getFileName() + ".next");
            Files.write(next, lines, UTF_8);
            Files.move(next, suspectsFile, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Cannot write the crash journal's suspects");
        }
    }

    private static Map<Long, Integer> readSuspects(Path file) throws IOException {
        var suspects = new LinkedHashMap<Long, Integer>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, UTF_8)) {
                String[] parts = line.split(" ", -1);
                suspects.put(Long.parseUnsignedLong(parts[0], 16), Integer.parseInt(parts[1]));
            }
        }
        return suspects;
    }

    private static List<Long> readRunning(FileChannel channel) throws IOException {
        ByteBuffer note = ByteBuffer.allocate((int) channel.size());
        int read;
        do {
            read = channel.read(note, note.position());
        } while (read >= 0 && note.hasRemaining());
        note.flip();
        var slices = new ArrayList<Long>();
        int count = note.remaining() < Integer.BYTES ? 0 : note.getInt();
        for (int i = 0; i < count && note.remaining() >= Long.BYTES; i++) {
            slices.add(note.getLong());
        }
        return slices;
    }
}

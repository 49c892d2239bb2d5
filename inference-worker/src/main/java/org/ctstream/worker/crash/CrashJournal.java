package org.ctstream.worker.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ctstream.model.files.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in a file what the engine has at this moment, so that the process after one that ended in the middle knows. These
 * notes outlive the process, not the machine: they are not forced to disk. Those it suspects are.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time; {@link #close} may come from another.
 */
public final class CrashJournal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CrashJournal.class);
    private static final int MOST_SUSPECTS = 1_000;
    private static final Pattern SUSPECT = Pattern.compile("([0-9a-f]{1,16}) (\\d{1,9})");

    private final Path suspectsFile;
    private final FileChannel running;
    /** By slice: how often the process ended while the engine had this one alone. */
    private final Map<Long, Integer> suspects;

    /** Those that became dead letters here. */
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();

    private volatile boolean broken;
    private volatile boolean kept;

    private CrashJournal(Path suspectsFile, FileChannel running, Map<Long, Integer> suspects) {
        this.suspectsFile = suspectsFile;
        this.running = running;
        this.suspects = Collections.synchronizedMap(suspects);
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

    /** It is not given to the engine any more, as long as this process runs. */
    void refused(long slice) {
        refused.add(slice);
    }

    /** What the engine has at this moment ends the process. */
    void keep() {
        kept = true;
    }

    /**
     * Unless it is kept, the process ends in good order: what the engine still has is not to blame. What was refused is
     * given another chance by the next process, whose engine may be another: its dead letter is sent back only when
     * somebody has mended something.
     */
    @Override
    public void close() {
        if (!kept) {
            end();
            if (suspects.keySet().removeAll(refused)) {
                saveSuspects();
            }
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
        var lines = new StringBuilder();
        suspects.forEach((slice, crashes) -> lines.append(Long.toHexString(slice))
                .append(' ')
                .append(crashes)
                .append('\n'));
        try {
            WholeFile.write(suspectsFile, lines.toString().getBytes(ISO_8859_1));
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Cannot write the crash journal's suspects");
        }
    }

    /** Lines that cannot be read are left out: after a loss of power anything may stand there, and the worker must start. */
    private static Map<Long, Integer> readSuspects(Path file) throws IOException {
        var suspects = new LinkedHashMap<Long, Integer>();
        if (!Files.exists(file)) {
            return suspects;
        }
        // Any byte is a character of this set, so that none stops the reading.
        for (String line : Files.readAllLines(file, ISO_8859_1)) {
            Matcher parts = SUSPECT.matcher(line);
            if (parts.matches()) {
                suspects.put(Long.parseUnsignedLong(parts.group(1), 16), Integer.parseInt(parts.group(2)));
            } else {
                log.atWarn().addKeyValue("file", file).log("A damaged line in the crash journal is left out");
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

package org.ctstream.worker.crash;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.ctstream.model.classify.Classifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the classifiers of one worker, if it has a place for a journal.
 *
 * <h2>Thread safety</h2>
 * {@link #guard} is safe from any thread; the guarded classifiers are for one at a time.
 */
public final class CrashWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CrashWatch.class);

    private final @Nullable CrashJournal journal;

    private CrashWatch(@Nullable CrashJournal journal) {
        this.journal = journal;
    }

    /** Guards nothing. */
    public static CrashWatch none() {
        return new CrashWatch(null);
    }

    /** A folder that cannot be written is said in the log, and nothing is guarded. */
    public static CrashWatch open(Path folder, String worker) {
        try {
            return new CrashWatch(CrashJournal.open(folder, worker));
        } catch (UncheckedIOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .setCause(e)
                    .log("Going on without a crash journal: a scan that ends the process is not found out");
            return none();
        }
    }

    /** The classifier, guarded if there is a journal. */
    public Classifier guard(Classifier classifier) {
        return journal == null ? classifier : new CrashGuard(classifier, journal);
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}

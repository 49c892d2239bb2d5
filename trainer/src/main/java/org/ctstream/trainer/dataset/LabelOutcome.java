package org.ctstream.trainer.dataset;

import org.ctstream.service.error.PoisonRecordException;

/** What one record of {@code ct.scan.labeled} says. */
sealed interface LabelOutcome {
    /** What the latest record of a scan is looked up by. */
    String key();

    /** The label is to be forgotten. */
    record Removed(String key) implements LabelOutcome {}

    /** A good label, its image kept. */
    record Labelled(String key, LabelEntry label) implements LabelOutcome {}

    /** A record nobody can train on. */
    record Refused(String key, Rejected rejected, PoisonRecordException cause) implements LabelOutcome {}
}

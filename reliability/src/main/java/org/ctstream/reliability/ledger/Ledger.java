package org.ctstream.reliability.ledger;

import java.util.List;

/**
 * What is on the topics, committed, and in the database.
 *
 * @param received scans as published
 * @param deadLettered on any dead-letter topic
 * @param openTransactions partitions on which a transaction was still open when they were read
 */
public record Ledger(
        Counts received,
        Counts normalized,
        Counts classified,
        Counts alerted,
        Counts deadLettered,
        List<StoredRow> stored,
        List<String> openTransactions) {
    public Ledger {
        stored = List.copyOf(stored);
        openTransactions = List.copyOf(openTransactions);
    }
}

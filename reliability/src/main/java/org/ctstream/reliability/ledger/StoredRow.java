package org.ctstream.reliability.ledger;

/**
 * One row of the sink's table of results.
 *
 * @param release name, version and digest of the model
 * @param alerts rows of the table of alerts that belong to it
 * @param published whether those alerts are marked as sent
 */
public record StoredRow(
        String resultId, String scanId, String release, boolean positive, int alerts, boolean published) {}

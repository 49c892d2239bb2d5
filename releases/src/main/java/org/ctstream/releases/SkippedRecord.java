package org.ctstream.releases;

/**
 * A record on {@code ct.model.released} that is no announcement.
 *
 * @param offset where it is
 * @param reason what is wrong with it
 */
public record SkippedRecord(long offset, String reason) {}

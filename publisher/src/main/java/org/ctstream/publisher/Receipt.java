package org.ctstream.publisher;

/**
 * The proof that a scan is on its topic.
 *
 * @param path name of the input
 * @param record {@code topic-partition@offset}
 */
public record Receipt(String scanId, String path, String record) {}

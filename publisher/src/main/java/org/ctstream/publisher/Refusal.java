package org.ctstream.publisher;

/**
 * An input that could not be published.
 *
 * @param path name of the input
 * @param reason why, and what to do
 */
public record Refusal(String path, String reason) {}

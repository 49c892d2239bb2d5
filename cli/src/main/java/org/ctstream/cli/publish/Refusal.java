package org.ctstream.cli.publish;

/**
 * An input that could not be published.
 *
 * @param path name of the input
 * @param reason why, and what to do
 */
public record Refusal(String path, String reason) {}

package org.ctstream.cli.shadow;

/**
 * What is compared: one original under one scan id. Another original under the same id is another scan here.
 *
 * @param digest SHA-256 of the original encoded bytes, lower-case hexadecimal
 */
record ScanKey(String scanId, String digest) {}

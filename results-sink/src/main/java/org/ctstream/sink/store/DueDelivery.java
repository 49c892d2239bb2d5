package org.ctstream.sink.store;

/**
 * A delivery whose time has come.
 *
 * @param attempts how many have failed so far
 */
public record DueDelivery(String endpoint, AlertedScan alert, int attempts) {}

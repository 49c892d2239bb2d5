package org.ctstream.model.classify;

/** Whether an engine can run on a device of this machine. */
public sealed interface Availability {

    /**
     * It can, as far as can be told without opening a release.
     *
     * @param version version of the engine's libraries
     * @param detail what it found, for people: the processor, the device's name and driver
     */
    record Available(String version, String detail) implements Availability {}

    /**
     * It cannot.
     *
     * @param reason what is missing
     * @param remedy what to install or to choose instead
     */
    record Missing(String reason, String remedy) implements Availability {}
}

package org.ctstream.cli.verify;

import org.ctstream.cli.connect.Place;

/** That a scan was seen somewhere. */
sealed interface Sighting {
    /** The scan id, or the place of a record that has none, see {@link ScanNames}. */
    String scan();

    /**
     * A record on a topic. For {@link Stage#REDRIVEN} the place and the time are those of the letter that was sent back.
     *
     * @param timeMs the record's Kafka timestamp, milliseconds since 1970
     */
    record OnTopic(Stage stage, String scan, Place place, long timeMs) implements Sighting {}

    /**
     * A row in the database.
     *
     * @param release {@code name:version}
     * @param result 64 bits that tell the results of one scan apart
     */
    record InDatabase(String scan, String release, long result) implements Sighting {}
}

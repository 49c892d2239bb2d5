package org.ctstream.cli.deadletters;

import org.ctstream.schemas.avro.LetterRedriven;

/**
 * One letter for ever: its place, and its time, since offsets begin anew when a topic is deleted and created again.
 *
 * @param timestamp Kafka's, in milliseconds since 1970
 */
record LetterKey(LetterId id, long timestamp) {
    static LetterKey of(Letter letter) {
        return new LetterKey(letter.id(), letter.raw().timestamp());
    }

    static LetterKey of(LetterRedriven audit) {
        return new LetterKey(
                new LetterId(audit.getLetterTopic(), audit.getLetterPartition(), audit.getLetterOffset()),
                audit.getLetterAt().toEpochMilli());
    }
}

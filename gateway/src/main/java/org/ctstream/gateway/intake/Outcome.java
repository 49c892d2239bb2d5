package org.ctstream.gateway.intake;

/** What became of an object. */
public sealed interface Outcome {
    /** For meters. */
    String word();

    /** Kafka has its record on all replicas that are in sync. */
    record Stored(String scanId) implements Outcome {
        @Override
        public String word() {
            return "stored";
        }
    }

    /**
     * It must not count as stored.
     *
     * @param comment for people, nothing of a patient
     */
    record Refused(Reason reason, String comment) implements Outcome {
        @Override
        public String word() {
            return reason.word();
        }
    }
}

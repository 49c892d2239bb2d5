package org.ctstream.publisher;

/** Hears what became of each input. Called by the publishing thread and by the producer's; must not block. */
public interface PublishListener {
    /** Kafka has the scan on all replicas. */
    void published(Receipt receipt);

    /** The scan is not on the topic and will not be. */
    void refused(Refusal refusal);
}

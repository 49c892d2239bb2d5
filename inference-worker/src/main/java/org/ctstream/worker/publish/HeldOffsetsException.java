package org.ctstream.worker.publish;

import org.apache.kafka.common.errors.RetriableException;

/** A transaction that has not ended holds a committed offset that was asked for. */
final class HeldOffsetsException extends RetriableException {
    private static final long serialVersionUID = 1L;

    HeldOffsetsException(String message) {
        super(message);
    }
}

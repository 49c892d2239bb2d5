package org.ctstream.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry did not answer, or answered that it cannot now (HTTP 408, 429 or 5xx), at all of its URLs and for
 * all attempts; or what answered was no registry, but a proxy's page, say. The record at hand is not to blame: keep it and try again later.
 */
public class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

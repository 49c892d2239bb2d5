package org.ctstream.schemas.registry;

import org.apache.kafka.common.errors.AuthorizationException;

/** The schema registry refused us (HTTP 401 or 403): credentials or rights are wrong, and trying again will not help. */
public class RegistryAccessException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    public RegistryAccessException(String message) {
        super(message);
    }

    public RegistryAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}

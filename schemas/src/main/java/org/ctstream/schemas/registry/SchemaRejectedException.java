package org.ctstream.schemas.registry;

import org.apache.kafka.common.errors.InvalidConfigurationException;

/**
 * The schema registry will not have a schema of ours: it is not registered and registering is off, it is incompatible
 * with earlier versions, or the request itself is wrong. The deployment has to change, not the record.
 */
public class SchemaRejectedException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public SchemaRejectedException(String message) {
        super(message);
    }

    public SchemaRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}

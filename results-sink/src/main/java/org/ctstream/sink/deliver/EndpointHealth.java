package org.ctstream.sink.deliver;

import java.time.Instant;
import org.ctstream.service.health.Health;

/**
 * Notes on {@code /readyz} about one endpoint. Notes only: a receiver that is away is no reason to stop storing results.
 * For one thread.
 */
final class EndpointHealth {
    private final Health health;
    private final String part;

    EndpointHealth(Health health, String endpoint) {
        this.health = health;
        this.part = "alerts-to-" + endpoint;
    }

    void reached() {
        health.forgetNote(part);
    }

    void away(String reason, Instant at) {
        health.note(
                part,
                "not delivered at " + at + " (" + reason + "); alerts wait in the database and are tried again; see"
                        + " /api/webhooks");
    }

    /** Another sink of this database may have been started without the endpoint. */
    void enabled(boolean enabled) {
        String disabled = part + "-disabled";
        if (enabled) {
            health.forgetNote(disabled);
        } else {
            health.note(
                    disabled,
                    "new alerts do not go there, for a sink of this database was started later without it (expected: the"
                            + " same endpoints in the configuration of every sink)");
        }
    }
}

package org.ctstream.sink.webhook;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of webhooks.
 *
 * @param url where each request goes, and nowhere else
 * @param authorization value of the header of that name; null for none
 */
public record WebhookEndpoint(
        String name,
        URI url,
        WebhookSecret secret,
        @Nullable String authorization,
        AlertBody body) {
    /** URL and credentials stay out of logs: both may hold secrets. */
    @Override
    public String toString() {
        return "WebhookEndpoint[" + name + "]";
    }
}

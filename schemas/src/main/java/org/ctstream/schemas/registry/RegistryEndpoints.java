package org.ctstream.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the URLs of one registry in turn, beginning with the one that answered last, and all of them again after a wait
 * while none does. Every request of the REST API may be sent twice: they are idempotent.
 */
final class RegistryEndpoints {
    private final RegistryHttp http;
    private final List<URI> urls;
    private final RetryWaits waits;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryEndpoints(RegistryHttp http, List<URI> urls, RetryWaits waits) {
        this.http = http;
        this.urls = List.copyOf(urls);
        this.waits = waits;
    }

    /**
     * @param path beginning with a slash, encoded
     * @throws RegistryUnavailableException if no URL answers
     * @throws RegistryAccessException if one refuses
     */
    RegistryAnswer send(String method, String path, @Nullable String body) {
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt <= waits.maxRetries(); attempt++) {
            pause(attempt);
            for (int i = 0; i < urls.size(); i++) {
                int index = (preferred.get() + i) % urls.size();
                URI url = urls.get(index);
                try {
                    RegistryAnswer answer = http.send(method, URI.create(url + path), body);
                    if (answer.isAway()) {
                        last = new IOException(url + " answered " + answer.describe(), last);
                        continue;
                    }
                    preferred.set(index);
                    return checked(answer, method, path, url);
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw new RegistryUnavailableException(
                "Schema registry is away: " + method + " " + path + " failed at " + urls + " in "
                        + (waits.maxRetries() + 1) + " attempts, at last with: " + last
                        + ". Check schema.registry.url and that the registry runs.",
                last);
    }

    private static RegistryAnswer checked(RegistryAnswer answer, String method, String path, URI url) {
        if (answer.isRefusal()) {
            throw new RegistryAccessException("Schema registry refused " + method + " " + path + " at " + url + " ("
                    + answer.describe() + "). Check basic.auth.* or bearer.auth.* and the rights of this principal.");
        }
        return answer;
    }

    private void pause(int attempt) {
        long millis = waits.millisBefore(attempt);
        if (millis == 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

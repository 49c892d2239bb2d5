package org.ctstream.sink.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.ctstream.sink.deliver.Attempt;
import org.ctstream.sink.deliver.Channel;
import org.ctstream.sink.store.AlertedScan;
import org.jspecify.annotations.Nullable;

/**
 * Posts alerts to one URL. A redirect is a failure: it could lead anywhere. What the receiver answers is not kept.
 *
 * @see "Standard Webhooks 1.0.0, Webhook headers, Delivery success and failure"
 */
public final class WebhookChannel implements Channel {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
    private static final int MULTIPLE_CHOICES = 300;
    private static final int OK = 200;

    /** What a receiver says of this one body; anything else would meet the next alert too. */
    private static final Set<Integer> ABOUT_THE_ALERT = Set.of(400, 409, 413, 415, 422);

    private final WebhookEndpoint endpoint;
    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout longest time of one attempt, to the last byte of the answer */
    public WebhookChannel(WebhookEndpoint endpoint, SSLContext tls, Duration timeout, Clock clock) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                .sslContext(tls)
                .build();
    }

    @Override
    public String endpoint() {
        return endpoint.name();
    }

    @Override
    public Attempt deliver(AlertedScan alert) throws InterruptedException {
        // The request's own time limit ends at the headers; the future's bounds the body too.
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request(alert), BodyHandlers.discarding());
        try {
            return outcome(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Attempt.Failed.ofEndpoint("timeout");
        } catch (ExecutionException e) {
            return Attempt.Failed.ofEndpoint(e.getCause() == null ? e : e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        // The JDK's client of this level ends with its last reference.
    }

    private HttpRequest request(AlertedScan alert) {
        byte[] body = endpoint.body().of(alert);
        String id = WebhookId.of(alert.alertId());
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url())
                .timeout(timeout)
                .header("Content-Type", endpoint.body().contentType())
                .header("User-Agent", "ctstream")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", endpoint.secret().signature(id, timestamp, body))
                .POST(BodyPublishers.ofByteArray(body));
        if (endpoint.authorization() != null) {
            request.header("Authorization", endpoint.authorization());
        }
        return request.build();
    }

    private static Attempt outcome(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status >= OK && status < MULTIPLE_CHOICES) {
            return new Attempt.Delivered();
        }
        Attempt.Scope scope = ABOUT_THE_ALERT.contains(status) ? Attempt.Scope.ALERT : Attempt.Scope.ENDPOINT;
        return new Attempt.Failed("http-" + status, scope, retryAfter(answer));
    }

    /** Seconds alone: the header's other form, a date, would have to trust the receiver's clock. */
    private static @Nullable Duration retryAfter(HttpResponse<Void> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("");
        if (!text.matches("[0-9]{1,6}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }
}

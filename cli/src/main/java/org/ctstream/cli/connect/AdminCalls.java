package org.ctstream.cli.connect;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.ctstream.cli.CliException;
import org.ctstream.service.error.AccessRemedy;

/** Admin calls whose failures are words for people. */
public final class AdminCalls implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Connection connection;
    private final Admin admin;

    public AdminCalls(Connection connection) {
        this.connection = connection;
        Map<String, Object> config = connection.admin();
        int millis = (int) TIMEOUT.toMillis();
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        this.admin = Admin.create(config);
    }

    public Admin admin() {
        return admin;
    }

    /**
     * Waits for an answer.
     *
     * @param what what is asked for, to follow "Cannot", for example {@code "list topics"}
     * @throws CliException if the cluster does not answer or refuses
     */
    public <T> T get(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String remedy = cause instanceof TimeoutException
                    ? "no broker answered within " + TIMEOUT.toSeconds()
                            + " s. Is it running, and is --bootstrap-server right?"
                    : cause.getMessage()
                            + AccessRemedy.of(cause)
                                    .map(known -> ". Remedy: " + known)
                                    .orElse("");
            throw CliException.failure(
                    "Cannot " + what + " on " + connection.bootstrapServers() + ": " + remedy, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted: " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }
}

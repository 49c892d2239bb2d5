package org.ctstream.sink.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * An administration client made when it is first asked, so that a sink starts without Kafka.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class WatchAdmin implements AutoCloseable {
    static final int TIMEOUT_MS = 3_000;

    private final Supplier<Admin> admins;
    private @Nullable Admin admin;

    private WatchAdmin(Supplier<Admin> admins) {
        this.admins = admins;
    }

    public static WatchAdmin of(ServiceConfig config) {
        return of(config, "ctstream-page-" + config.string(CommonKeys.INSTANCE_NAME));
    }

    /** One whose client goes by a name of its own. */
    static WatchAdmin of(ServiceConfig config, String clientId) {
        Map<String, Object> settings = new HashMap<>(config.admin());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return new WatchAdmin(() -> Admin.create(settings));
    }

    /** @throws StageException retriable if the cluster does not answer in time, fatal if it refuses */
    <T> T ask(Question<T> question) {
        try {
            return question.of(client());
        } catch (TimeoutException e) {
            throw new RetriableStageException(
                    Stage.FETCH, "The cluster has not answered within " + TIMEOUT_MS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableStageException(Stage.FETCH, "Interrupted while asking the cluster", e);
        } catch (ExecutionException e) {
            throw Failures.of(Stage.FETCH, e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw Failures.of(Stage.FETCH, e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = admins.get();
        }
        return admin;
    }

    /** What is asked of the cluster. */
    interface Question<T> {
        T of(Admin client) throws Exception;
    }
}

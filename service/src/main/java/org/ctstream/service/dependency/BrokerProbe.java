package org.ctstream.service.dependency;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.ctstream.service.config.ServiceConfig;

/**
 * Asks any broker of the cluster for the list of brokers, which needs no rights beyond the connection. With several
 * brokers one that does not answer within a second is passed over for another.
 */
final class BrokerProbe implements Probe {
    private final Admin admin;

    BrokerProbe(ServiceConfig config) {
        Map<String, Object> settings = new HashMap<>(config.admin());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "ctstream-watch");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, TIMEOUT_MS / 2);
        // Seldom enough not to fill the log with the client's own warnings while no broker is there.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, TIMEOUT_MS / 2);
        this.admin = Admin.create(settings);
    }

    @Override
    public void ask() throws Exception {
        var unused = admin.describeCluster().nodes().get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

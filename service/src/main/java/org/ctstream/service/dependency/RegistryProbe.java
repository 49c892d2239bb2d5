package org.ctstream.service.dependency;

import java.util.HashMap;
import java.util.Map;
import org.ctstream.schemas.registry.SchemaRegistries;
import org.ctstream.schemas.registry.SchemaRegistry;
import org.ctstream.schemas.registry.SchemaRegistryConfig;
import org.ctstream.service.config.ServiceConfig;

/** Asks the schema registry, or one of several, for anything, with the credentials the serializers have. */
final class RegistryProbe implements Probe {
    private final SchemaRegistry registry;

    RegistryProbe(ServiceConfig config) {
        Map<String, Object> settings = new HashMap<>(config.serializers());
        settings.put(SchemaRegistryConfig.CONNECT_TIMEOUT_MS, TIMEOUT_MS / 2);
        settings.put(SchemaRegistryConfig.READ_TIMEOUT_MS, TIMEOUT_MS);
        settings.put(SchemaRegistryConfig.MAX_RETRIES, 0);
        this.registry = SchemaRegistries.open(settings);
    }

    @Override
    public void ask() {
        registry.ping();
    }
}

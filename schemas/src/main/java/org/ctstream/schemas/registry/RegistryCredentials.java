package org.ctstream.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The Authorization header that a configuration asks for. */
final class RegistryCredentials {
    private RegistryCredentials() {}

    /** The header's value, or null if the configuration names no credentials. Never log it. */
    static @Nullable String authorization(SchemaRegistryConfig config, List<URI> urls) {
        String basic = basicUserInfo(config, urls);
        boolean bearer = config.getString(SchemaRegistryConfig.BEARER_SOURCE).equals("STATIC_TOKEN");
        if (basic != null && bearer) {
            throw new ConfigException("Both basic and bearer credentials are set for the schema registry: choose one");
        }
        if (bearer) {
            String token = config.getPassword(SchemaRegistryConfig.BEARER_TOKEN)
                    .value()
                    .strip();
            if (token.isEmpty()) {
                throw new ConfigException(
                        "bearer.auth.credentials.source is STATIC_TOKEN but bearer.auth.token is empty");
            }
            return "Bearer " + token;
        }
        return basic == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String basicUserInfo(SchemaRegistryConfig config, List<URI> urls) {
        if (config.getString(SchemaRegistryConfig.BASIC_SOURCE).equals("URL")) {
            // As in Confluent's client, one set of credentials serves all URLs.
            return urls.stream()
                    .map(URI::getUserInfo)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        String userInfo =
                config.getPassword(SchemaRegistryConfig.BASIC_USER_INFO).value();
        if (!userInfo.contains(":")) {
            throw new ConfigException(
                    "basic.auth.credentials.source is USER_INFO but basic.auth.user.info is not user:password");
        }
        return userInfo;
    }
}

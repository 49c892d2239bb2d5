package org.ctstream.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Joins a registry client from its configuration. */
public final class SchemaRegistries {
    private static final String MOCK = "mock://";

    private SchemaRegistries() {}

    /**
     * A caching client of the registry the configuration names. Makes no connection yet.
     *
     * @param configs any map with the keys of {@link SchemaRegistryConfig}; others are ignored
     * @throws ConfigException if a key is missing or its value is none
     */
    public static SchemaRegistry open(Map<String, ?> configs) {
        SchemaRegistryConfig config = new SchemaRegistryConfig(configs);
        List<String> urls = config.getList(SchemaRegistryConfig.URL);
        if (urls.stream().anyMatch(url -> url.startsWith(MOCK))) {
            if (urls.size() > 1) {
                throw new ConfigException(SchemaRegistryConfig.URL, urls, "mock:// stands alone");
            }
            return new CachingSchemaRegistry(
                    InMemorySchemaRegistry.ofScope(urls.get(0).substring(MOCK.length())));
        }
        return new CachingSchemaRegistry(rest(config, urls));
    }

    private static SchemaRegistry rest(SchemaRegistryConfig config, List<String> texts) {
        List<URI> urls = parse(texts);
        List<URI> bare = urls.stream().map(SchemaRegistries::withoutUserInfo).toList();
        RegistryHttp http = new RegistryHttp(
                httpClient(config, urls),
                RegistryCredentials.authorization(config, urls),
                Duration.ofMillis(config.getInt(SchemaRegistryConfig.READ_TIMEOUT_MS)));
        RetryWaits waits = new RetryWaits(
                config.getInt(SchemaRegistryConfig.MAX_RETRIES),
                config.getLong(SchemaRegistryConfig.RETRIES_WAIT_MS),
                config.getLong(SchemaRegistryConfig.RETRIES_MAX_WAIT_MS));
        return new RestSchemaRegistry(
                new RegistryEndpoints(http, bare, waits), config.getBoolean(SchemaRegistryConfig.NORMALIZE));
    }

    /** HTTP/1.1, because registries and the proxies before them answer a clear-text upgrade to HTTP/2 in odd ways. */
    private static HttpClient httpClient(SchemaRegistryConfig config, List<URI> urls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(config.getInt(SchemaRegistryConfig.CONNECT_TIMEOUT_MS)));
        if (urls.stream().anyMatch(url -> "https".equals(url.getScheme()))) {
            try (DefaultSslEngineFactory ssl = new DefaultSslEngineFactory()) {
                ssl.configure(config.ssl());
                client.sslContext(ssl.sslContext());
            }
        }
        return client.build();
    }

    private static List<URI> parse(List<String> texts) {
        List<URI> urls = new ArrayList<>();
        for (String text : texts) {
            String trimmed = text.strip().replaceAll("/+$", "");
            try {
                URI url = new URI(trimmed);
                if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
                    throw new ConfigException("schema.registry.url has an entry that is no http: or https: URL");
                }
                urls.add(url);
            } catch (URISyntaxException e) {
                // The text is left out: it may hold a password.
                throw new ConfigException("schema.registry.url has an entry that is no URL: " + e.getReason());
            }
        }
        if (urls.isEmpty()) {
            throw new ConfigException("schema.registry.url is empty: expected one URL or more");
        }
        return urls;
    }

    private static URI withoutUserInfo(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + "@", ""));
    }
}

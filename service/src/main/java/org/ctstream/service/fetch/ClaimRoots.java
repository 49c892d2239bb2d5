package org.ctstream.service.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The places claim checks may point into, from the configuration; none unless the operator names some.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ClaimRoots {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final List<ClaimRoot> roots;

    private ClaimRoots(List<ClaimRoot> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * @param texts {@code file:}, {@code http:} or {@code https:} URIs of folders
     * @param timeout longest time for one whole HTTP answer
     * @throws ConfigException if a text is no such URI
     */
    public static ClaimRoots of(List<String> texts, Duration timeout) {
        // HTTP/1.1, because stores and the proxies before them answer a clear-text upgrade in odd ways.
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        return new ClaimRoots(texts.stream()
                .map(ClaimRoots::parse)
                .<ClaimRoot>map(uri -> "file".equalsIgnoreCase(uri.getScheme())
                        ? new FileRoot(Path.of(uri))
                        : new HttpRoot(uri, client, timeout))
                .toList());
    }

    /** Checks a list of roots, for {@link ConfigDef}. */
    public static ConfigDef.Validator validator() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> ((List<?>) value).forEach(text -> parse(String.valueOf(text))),
                () -> "file:, http: or https: URIs of folders");
    }

    Optional<ClaimRoot> covering(URI uri) {
        return roots.stream().filter(root -> root.covers(uri)).findFirst();
    }

    int size() {
        return roots.size();
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text.strip());
            if ("file".equalsIgnoreCase(uri.getScheme())) {
                return Path.of(uri).toUri();
            }
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw refused("it is no file:, http: or https: URI of a folder");
            }
            return uri;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ConfigException refused(String why) {
        return new ConfigException("claim.check.roots has an entry that cannot be used: " + why
                + " (expected: for example file:///srv/scans/ or https://store.example.org/scans/)");
    }
}

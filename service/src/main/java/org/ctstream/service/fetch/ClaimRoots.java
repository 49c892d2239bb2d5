package org.ctstream.service.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.service.objectstore.S3Clients;
import org.ctstream.service.objectstore.S3Folder;

/**
 * The places claim checks may point into, from the configuration; none unless the operator names some.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ClaimRoots implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final List<ClaimRoot> roots;

    ClaimRoots(List<ClaimRoot> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * @param texts {@code file:}, {@code http:}, {@code https:} or {@code s3:} URIs of folders
     * @param timeout longest time for one whole answer
     * @throws ConfigException if a text is no such URI, or nothing says where the object store of an {@code s3:} URI is
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
                .map(uri -> root(uri, client, timeout))
                .toList());
    }

    /** Checks a list of roots, for {@link ConfigDef}. */
    public static ConfigDef.Validator validator() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> ((List<?>) value).forEach(text -> parse(String.valueOf(text))),
                () -> "file:, http:, https: or s3: URIs of folders");
    }

    Optional<ClaimRoot> covering(URI uri) {
        return roots.stream().filter(root -> root.covers(uri)).findFirst();
    }

    int size() {
        return roots.size();
    }

    /** Closes the clients of object stores. */
    @Override
    public void close() {
        roots.forEach(ClaimRoot::close);
    }

    private static ClaimRoot root(URI uri, HttpClient client, Duration timeout) {
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            return new FileRoot(Path.of(uri));
        }
        if (!S3Folder.isScheme(uri.getScheme())) {
            return new HttpRoot(uri, client, timeout);
        }
        try {
            return new S3Root(S3Folder.of(uri), S3Clients.open(timeout));
        } catch (IllegalStateException e) {
            throw new ConfigException("claim.check.roots names " + uri + ". " + e.getMessage());
        }
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text.strip());
            switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
                case "file" -> {
                    return Path.of(uri).toUri();
                }
                case "s3" -> {
                    return S3Folder.of(uri).uri();
                }
                case "http", "https" -> {
                    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                        throw refused("it is no http: or https: URI of a folder");
                    }
                    return uri;
                }
                default -> throw refused("it is no file:, http:, https: or s3: URI of a folder");
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ConfigException refused(String why) {
        return new ConfigException(
                "claim.check.roots has an entry that cannot be used: " + why
                        + " (expected: for example file:///srv/scans/, https://store.example.org/scans/ or s3://scans/received/)");
    }
}

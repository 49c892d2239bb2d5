package org.ctstream.service.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ctstream.service.objectstore.UnclearPaths;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a web server or object store. Scheme, host, port and folder of the root decide where requests go: what the
 * publisher writes can neither name another host nor leave the folder, and redirects are not followed.
 */
record HttpRoot(URI root, HttpClient client, Duration timeout) implements ClaimRoot {
    private static final int OK = 200;

    HttpRoot {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the client follows redirects, which may lead out of the root");
        }
    }

    @Override
    public boolean covers(URI uri) {
        String scheme = uri.getScheme();
        return scheme != null
                && scheme.equalsIgnoreCase(root.getScheme())
                && uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(root.getHost())
                && port(uri) == port(root)
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && isBelowFolder(uri.getRawPath());
    }

    private boolean isBelowFolder(@Nullable String rawPath) {
        return rawPath != null
                && rawPath.startsWith(folder())
                && !UnclearPaths.isUnclear(rawPath.substring(folder().length() - 1));
    }

    private String folder() {
        String path = root.getRawPath();
        return path.endsWith("/") ? path : path + "/";
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public byte[] read(URI uri, int length) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
        // The request's own timeout ends at the headers; the future's bounds the body too.
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request,
                answer -> answer.statusCode() == OK
                        ? new BoundedBody(length)
                        : HttpResponse.BodySubscribers.replacing(new byte[0]));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            checkStatus(response.statusCode());
            byte[] body = response.body();
            if (body.length != length) {
                throw FetchPoison.lengthMismatch(length, body.length > length ? "more" : Integer.toString(body.length));
            }
            return body;
        } catch (TimeoutException e) {
            throw new StoreAwayException("no complete answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private void checkStatus(int status) throws IOException {
        if (status == OK) {
            return;
        }
        switch (status) {
            case 404, 410 -> throw FetchPoison.notFound(describe(), null);
            case 401, 403 -> throw FetchPoison.accessDenied(describe(), null);
            case 408, 425, 429 -> throw new StoreAwayException("the store answered " + status, null);
            default -> {
                if (status >= 500) {
                    throw new StoreAwayException("the store answered " + status, null);
                }
                throw FetchPoison.refused(describe(), Integer.toString(status));
            }
        }
    }

    @Override
    public String describe() {
        return root.toString();
    }
}

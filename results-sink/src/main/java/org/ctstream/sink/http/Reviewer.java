package org.ctstream.sink.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.http.HttpUser;

/**
 * Who reviews: the user who gave a password; else whom the proxy in front names in the header configured for that; else the
 * configured name, for a token, and on loopback without credentials. Where a header is configured nobody reviews without it, and
 * beyond loopback nobody reviews unnamed.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class Reviewer {
    private static final int MAX_NAME = 256;

    private final String configured;
    private final String header;
    private final boolean guarded;
    private final boolean loopback;

    /**
     * @param configured name where there is no user
     * @param header header of a proxy that has asked for credentials; empty for none
     * @param guarded whether this port asks for credentials
     * @param loopback whether it is open on this machine alone
     */
    Reviewer(String configured, String header, boolean guarded, boolean loopback) {
        this.configured = configured;
        this.header = header;
        this.guarded = guarded;
        this.loopback = loopback;
    }

    /**
     * @param reviewerKey key of the name where there is no user
     * @param headerKey key of the proxy's header, which is believed only where {@code http.auth} is none
     */
    public static Reviewer of(ServiceConfig config, String reviewerKey, String headerKey) {
        boolean proxied = HttpKeys.AUTH_NONE.equals(config.string(HttpKeys.AUTH));
        return new Reviewer(
                config.string(reviewerKey),
                proxied ? config.string(headerKey) : "",
                !proxied && (config.isSet(HttpKeys.USER_INFO) || config.isSet(HttpKeys.BEARER_TOKEN)),
                isLoopback(config.string(CommonKeys.HTTP_HOST)));
    }

    /** Whether requests come with credentials, asked for here or by the proxy in front. */
    boolean areCredentialsAsked() {
        return guarded || !header.isEmpty();
    }

    /** Whether the port is open on this machine alone. */
    boolean isOnLoopback() {
        return loopback;
    }

    /** @throws ApiException 403 if nobody asked for credentials */
    String of(Context context) {
        return HttpUser.of(context)
                .or(() -> proxied(context))
                .or(() -> guarded || (loopback && header.isEmpty()) ? Optional.of(configured) : Optional.empty())
                .orElseThrow(() -> ApiException.forbidden(
                        "Nobody reviews without a name, and this request comes with none.",
                        "Set " + HttpKeys.USER_INFO + ", or review.user.header to the header in which the proxy in"
                                + " front names the user it has asked."));
    }

    private Optional<String> proxied(Context context) {
        return header.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(context.header(header))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty() && name.length() <= MAX_NAME);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

package org.ctstream.sink.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.service.config.HttpKeys;

/**
 * Refuses what another site's page makes a reader's browser send. A request that changes something carries a header that a
 * page of another origin can only set after asking us, which we always decline; and where the browser tells where the request
 * comes from, that has to be here. On a port without credentials the name of the host has to be this machine's, so that no
 * name of a stranger's that leads here counts as here.
 *
 * @see "Fetch Standard, CORS protocol; W3C Fetch Metadata Request Headers"
 */
final class SameSite {
    /** What the page sends with every request that changes something. */
    static final String HEADER = "X-Ctstream-Page";

    private static final Set<String> LOOPBACK_NAMES = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    private SameSite() {}

    /**
     * @param credentials whether the port asks for credentials
     * @throws ApiException 403 if the request does not come from the page
     */
    static void check(Context context, boolean credentials) {
        String host = context.header("Host");
        String origin = context.header("Origin");
        String site = context.header("Sec-Fetch-Site");
        boolean fromHere = context.header(HEADER) != null
                && host != null
                && (site == null || site.equals("same-origin"))
                && (origin == null || isOf(origin, host))
                && (credentials || LOOPBACK_NAMES.contains(nameOf(host)));
        if (!fromHere) {
            throw ApiException.forbidden(
                    "This request does not come from this site's page.",
                    "Send it from the page, or from a program with the header " + HEADER + ": 1.");
        }
    }

    /**
     * For reading, on a port without credentials.
     *
     * @throws ApiException 403 if the name of the host is not this machine's
     */
    static void checkHost(Context context) {
        String host = context.header("Host");
        if (host == null || !LOOPBACK_NAMES.contains(nameOf(host))) {
            throw ApiException.forbidden(
                    "This port asks for no credentials, so that it answers to the names of this machine alone: "
                            + LOOPBACK_NAMES + ".",
                    "Use one of them; or set " + HttpKeys.USER_INFO + ", or " + HttpKeys.AUTH + "=" + HttpKeys.AUTH_NONE
                            + " where a proxy in front asks for credentials.");
        }
    }

    private static boolean isOf(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}

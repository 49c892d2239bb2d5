package org.ctstream.sink.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.deliver.NamedValues;
import org.jspecify.annotations.Nullable;

/** Reads the receivers from the configuration. */
public final class WebhookEndpoints {
    private static final int MOST = 16;
    /** By its text alone: what a name leads to may have changed by the time of the request. */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final ServiceConfig config;
    private final Map<String, AlertBody> bodies;
    private final List<String> problems;

    private WebhookEndpoints(ServiceConfig config, Map<String, AlertBody> bodies, List<String> problems) {
        this.config = config;
        this.bodies = bodies;
        this.problems = problems;
    }

    /**
     * The configured receivers.
     *
     * @param bodies each format with what makes it
     * @param problems gets a sentence, without secrets and URLs, for everything that does not fit; if it does, the list
     *     is of no use
     */
    public static List<WebhookEndpoint> of(ServiceConfig config, Map<String, AlertBody> bodies, List<String> problems) {
        return new WebhookEndpoints(config, bodies, problems).read();
    }

    private List<WebhookEndpoint> read() {
        NamedValues urls =
                named(WebhookKeys.URLS, config.password(WebhookKeys.URLS).value(), "URL");
        NamedValues secrets =
                named(WebhookKeys.SECRETS, config.password(WebhookKeys.SECRETS).value(), "whsec_…");
        NamedValues authorizations = named(
                WebhookKeys.AUTHORIZATION,
                config.password(WebhookKeys.AUTHORIZATION).value(),
                "Bearer TOKEN");
        String format = config.string(WebhookKeys.FORMAT).strip();
        NamedValues formats =
                named(WebhookKeys.FORMAT, format.contains("=") ? format : "", String.join(" or ", bodies.keySet()));
        List<String> names = urls.names();
        secrets.checkAmong(names, WebhookKeys.SECRETS, WebhookKeys.URLS, problems);
        authorizations.checkAmong(names, WebhookKeys.AUTHORIZATION, WebhookKeys.URLS, problems);
        formats.checkAmong(names, WebhookKeys.FORMAT, WebhookKeys.URLS, problems);
        if (names.size() > MOST) {
            problems.add(WebhookKeys.URLS + " names " + names.size() + " receivers (expected: at most " + MOST + ")");
        }
        var endpoints = new ArrayList<WebhookEndpoint>();
        for (String name : names) {
            Optional<URI> url = url(name, urls.get(name).orElse(""));
            Optional<WebhookSecret> secret = secret(name, secrets.get(name));
            String named = formats.get(name).orElse(format.contains("=") ? WebhookKeys.FORMAT_JSON : format);
            AlertBody body = bodies.get(named);
            if (body == null) {
                problems.add("Cannot use " + WebhookKeys.FORMAT + " for " + name + " (expected: one of "
                        + bodies.keySet().stream().sorted().toList() + ")");
            } else if (url.isPresent() && secret.isPresent()) {
                endpoints.add(new WebhookEndpoint(
                        name, url.get(), secret.get(), authorization(name, authorizations.get(name)), body));
            }
        }
        return endpoints;
    }

    private NamedValues named(String key, String text, String expected) {
        return NamedValues.parse(key, text, expected, problems);
    }

    private Optional<WebhookSecret> secret(String name, Optional<String> text) {
        Optional<WebhookSecret> secret = text.flatMap(WebhookSecret::parse);
        if (secret.isEmpty()) {
            problems.add("Cannot sign webhooks to " + name + ": " + WebhookKeys.SECRETS
                    + (text.isEmpty() ? " has no entry " + name + "=…" : " has none that fits") + " (expected: "
                    + WebhookSecret.FORM + ")");
        }
        return secret;
    }

    private @Nullable String authorization(String name, Optional<String> text) {
        if (text.filter(value -> !value.matches("[\\x20-\\x7e]{1,8192}")).isPresent()) {
            problems.add("Cannot use " + WebhookKeys.AUTHORIZATION + " for " + name
                    + " (expected: printable ASCII of up to 8192 characters)");
            return null;
        }
        return text.orElse(null);
    }

    private Optional<URI> url(String name, String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme());
            boolean https = "https".equalsIgnoreCase(url.getScheme());
            if ((http || https)
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null) {
                if (http
                        && !config.bool(WebhookKeys.PLAIN_HTTP)
                        && !LOOPBACK.matcher(url.getHost()).matches()) {
                    problems.add("Cannot post to " + name + " by http (expected: https, or " + WebhookKeys.PLAIN_HTTP
                            + "=true where the network is guarded otherwise)");
                    return Optional.empty();
                }
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text, which may hold a secret.
        }
        problems.add("Cannot use the URL of " + name + " in " + WebhookKeys.URLS
                + " (expected: https://host/path, without user, password and fragment)");
        return Optional.empty();
    }
}

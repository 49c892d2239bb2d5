package org.ctstream.sink;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.deliver.AlertKeys;
import org.ctstream.sink.deliver.AlertTls;
import org.ctstream.sink.deliver.Channel;
import org.ctstream.sink.fhir.FhirBody;
import org.ctstream.sink.hl7.Hl7Address;
import org.ctstream.sink.hl7.Hl7Channel;
import org.ctstream.sink.hl7.Hl7Header;
import org.ctstream.sink.hl7.Hl7Keys;
import org.ctstream.sink.webhook.AlertBody;
import org.ctstream.sink.webhook.JsonBody;
import org.ctstream.sink.webhook.WebhookChannel;
import org.ctstream.sink.webhook.WebhookEndpoint;
import org.ctstream.sink.webhook.WebhookEndpoints;
import org.ctstream.sink.webhook.WebhookKeys;

/** The ways alerts go beside {@code ct.scan.alerted}, as the configuration says. */
final class AlertChannels {
    private AlertChannels() {}

    static ConfigDef define(ConfigDef def) {
        return Hl7Keys.define(WebhookKeys.define(AlertKeys.define(def)));
    }

    /** Adds a sentence for everything about them that does not fit. */
    static void check(ServiceConfig config, List<String> problems) {
        List<String> names = new ArrayList<>();
        WebhookEndpoints.of(config, bodies(), problems).forEach(endpoint -> names.add(endpoint.name()));
        for (Hl7Address address : Hl7Address.of(config, problems)) {
            if (names.contains(address.name())) {
                problems.add(Hl7Keys.ADDRESSES + " and " + WebhookKeys.URLS + " both name " + address.name()
                        + " (expected: a name of its own for each)");
            }
        }
        long first = config.longInteger(AlertKeys.RETRY_FIRST_MS);
        long max = config.longInteger(AlertKeys.RETRY_MAX_MS);
        if (max < first) {
            problems.add(AlertKeys.RETRY_MAX_MS + "=" + max + " is less than " + AlertKeys.RETRY_FIRST_MS + "=" + first
                    + " (expected: as much, or more)");
        }
    }

    /**
     * Connects to nobody yet.
     *
     * @throws ConfigProblemsException if the trust store cannot be used
     */
    static List<Channel> open(ServiceConfig config, Clock clock) {
        var channels = new ArrayList<Channel>();
        List<WebhookEndpoint> webhooks = WebhookEndpoints.of(config, bodies(), new ArrayList<>());
        List<Hl7Address> receivers = Hl7Address.of(config, new ArrayList<>());
        if (webhooks.isEmpty() && receivers.isEmpty()) {
            return channels;
        }
        SSLContext tls = AlertTls.context(config);
        Duration timeout = AlertKeys.rules(config).timeout();
        for (WebhookEndpoint webhook : webhooks) {
            channels.add(new WebhookChannel(webhook, tls, timeout, clock));
        }
        SSLContext tlsOfHl7 = config.bool(Hl7Keys.TLS) ? tls : null;
        for (Hl7Address receiver : receivers) {
            channels.add(new Hl7Channel(receiver, Hl7Header.of(config), tlsOfHl7, timeout));
        }
        return channels;
    }

    private static Map<String, AlertBody> bodies() {
        return Map.of(WebhookKeys.FORMAT_JSON, new JsonBody(), WebhookKeys.FORMAT_FHIR, new FhirBody());
    }
}

package org.ctstream.sink.webhook;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The keys of webhooks. */
public final class WebhookKeys {
    public static final String URLS = "webhook.urls";
    public static final String SECRETS = "webhook.secrets";
    public static final String AUTHORIZATION = "webhook.authorization";
    public static final String FORMAT = "webhook.format";
    public static final String PLAIN_HTTP = "webhook.plain.http";

    public static final String FORMAT_JSON = "json";
    public static final String FORMAT_FHIR = "fhir";

    private WebhookKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        URLS,
                        // Not printed at start: some receivers know their senders by the path alone.
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Where alerts are posted to: name=URL, several comma-separated, as ward=https://ward.example/ct."
                                + " The names are yours; lists, metrics and the database use them. At most 16.")
                .define(
                        SECRETS,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "The secrets requests are signed with: name=whsec_…, several comma- or line-separated, one for each"
                                + " name in " + URLS + ": " + WebhookSecret.FORM
                                + ". Two with a space between them both sign, while a receiver changes to the new one.")
                .define(
                        AUTHORIZATION,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Values of the header Authorization, for receivers that want one: name=Bearer TOKEN, several"
                                + " comma- or line-separated.")
                .define(
                        FORMAT,
                        Type.STRING,
                        FORMAT_JSON,
                        Importance.MEDIUM,
                        "What is posted: " + FORMAT_JSON + ", the fields of ScanAlerted, or " + FORMAT_FHIR
                                + ", a FHIR R4 Bundle with a DiagnosticReport and its Observation. One for all, or"
                                + " name=format for each, comma-separated.")
                .define(
                        PLAIN_HTTP,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether http:// is allowed beyond this machine: alerts can then be read on the way.");
    }
}

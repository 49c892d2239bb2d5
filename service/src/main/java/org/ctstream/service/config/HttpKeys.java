package org.ctstream.service.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The keys of a service's HTTP port that say who may use it and whether it speaks TLS. */
public final class HttpKeys {
    public static final String AUTH = "http.auth";
    public static final String USER_INFO = "http.basic.auth.user.info";
    public static final String BEARER_TOKEN = "http.bearer.auth.token";
    public static final String METRICS_OPEN = "http.metrics.open";
    public static final String KEYSTORE_LOCATION = "http.ssl.keystore.location";
    public static final String KEYSTORE_TYPE = "http.ssl.keystore.type";
    public static final String KEYSTORE_PASSWORD = "http.ssl.keystore.password";
    public static final String KEY_PASSWORD = "http.ssl.key.password";

    public static final String AUTH_BASIC = "basic";
    public static final String AUTH_NONE = "none";

    /** 128 bits as hexadecimal digits, or better; less could be guessed. */
    private static final int LEAST_TOKEN = 16;

    private HttpKeys() {}

    /** Adds the keys. */
    static ConfigDef define(ConfigDef def) {
        return def.define(
                        AUTH,
                        Type.STRING,
                        AUTH_BASIC,
                        ValidString.in(AUTH_BASIC, AUTH_NONE),
                        Importance.HIGH,
                        "Who guards the HTTP port beyond loopback: basic asks for " + USER_INFO + " or " + BEARER_TOKEN
                                + "; none leaves it to a proxy or a network in front, and has to be said aloud.")
                .define(
                        USER_INFO,
                        Type.PASSWORD,
                        "",
                        Importance.HIGH,
                        "user:password for HTTP Basic authentication of everything but /livez and /readyz. This or "
                                + BEARER_TOKEN + " is needed as soon as " + CommonKeys.HTTP_HOST
                                + " is not loopback.")
                .define(
                        BEARER_TOKEN,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Token for machines, accepted as \"Authorization: Bearer\" beside the password.")
                .define(
                        METRICS_OPEN,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether /metrics is readable without credentials, as the probes always are.")
                .define(
                        KEYSTORE_LOCATION,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Key store with the HTTP port's private key and certificates; the port then speaks HTTPS.")
                .define(
                        KEYSTORE_TYPE,
                        Type.STRING,
                        "PEM",
                        ValidString.in("PEM", "PKCS12", "JKS"),
                        Importance.LOW,
                        "Type of that key store. PEM: one file with the private key and the certificates.")
                .define(
                        KEYSTORE_PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Password of that key store; empty for a PEM file.")
                .define(
                        KEY_PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Password of the private key; empty if it has none of its own.");
    }

    /** What is wrong with the values together; empty for a definition without an HTTP port. */
    static List<String> problems(AbstractConfig config) {
        var problems = new ArrayList<String>();
        if (!config.values().containsKey(CommonKeys.HTTP_HOST)) {
            return problems;
        }
        String userInfo = config.getPassword(USER_INFO).value();
        String token = config.getPassword(BEARER_TOKEN).value();
        if (!userInfo.isEmpty() && userInfo.indexOf(':') < 1) {
            problems.add("Cannot use " + USER_INFO + " (expected: user:password)");
        }
        if (!token.isEmpty() && token.length() < LEAST_TOKEN) {
            problems.add("Cannot use " + BEARER_TOKEN + " (expected: " + LEAST_TOKEN
                    + " characters or more, at random, for example from \"openssl rand -hex 32\")");
        }
        String host = config.getString(CommonKeys.HTTP_HOST);
        boolean guarded = !userInfo.isEmpty() || !token.isEmpty() || AUTH_NONE.equals(config.getString(AUTH));
        if (!guarded && !isLoopback(host)) {
            problems.add("Cannot open the HTTP port on " + host + " unguarded: set " + USER_INFO + "=user:password or "
                    + BEARER_TOKEN + " (or their files, " + USER_INFO + SecretFiles.SUFFIX + " and " + BEARER_TOKEN
                    + SecretFiles.SUFFIX + "), or " + AUTH + "=" + AUTH_NONE
                    + " where a proxy or the network in front does it, or " + CommonKeys.HTTP_HOST + "=127.0.0.1");
        }
        return problems;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

package org.ctstream.service.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Settings as they may be shown: secrets by the word "hidden", URLs without credentials. */
public final class PrintableConfig {
    private static final String HIDDEN = "[hidden]";

    /** {@code user:password@} in a URL. */
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]+@");

    /** A parameter of a URL that tells a secret, as JDBC drivers take them. */
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)((?:^|[?&;])[a-z.]*(?:password|secret|token)[a-z.]*=)[^&;]*");

    private PrintableConfig() {}

    /** Sorted by key. */
    public static SortedMap<String, String> of(Map<String, String> settings, SecretKeys keys) {
        var shown = new TreeMap<String, String>();
        settings.forEach((key, value) -> shown.put(key, keys.isSecret(key) ? hidden(value) : withoutSecrets(value)));
        return shown;
    }

    private static String hidden(String value) {
        return value.isEmpty() ? "" : HIDDEN;
    }

    private static String withoutSecrets(String value) {
        String withoutUser = USER_INFO.matcher(value).replaceAll("$1" + HIDDEN + "@");
        return PARAMETER.matcher(withoutUser).replaceAll("$1" + HIDDEN);
    }
}

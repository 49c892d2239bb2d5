package org.ctstream.schemas.serde;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.schemas.registry.RegistryAccessException;
import org.ctstream.schemas.registry.RegistryUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the errors of serializers other than ours the types ours have. Confluent's throw a SerializationException when
 * the registry is away, which would make good records poison, and an InvalidConfigurationException for a record with an
 * unknown schema id, which would stop a service for one bad record.
 */
final class ForeignErrors {
    /** How Confluent's client ends every message about an HTTP error; the first three digits are the HTTP status. */
    private static final Pattern ERROR_CODE = Pattern.compile("error code: (\\d{3,5})");

    /** An id no schema has; a plain 404 may come from a proxy. */
    private static final int UNKNOWN_SCHEMA_ID = 40403;

    private ForeignErrors() {}

    /** The failure of reading a value: an id the registry does not know is the record's fault, all else it answers not. */
    static RuntimeException ofReading(String topic, RuntimeException failure) {
        OptionalInt code = errorCode(failure);
        if (code.isPresent() && code.getAsInt() == UNKNOWN_SCHEMA_ID) {
            return new SerializationException(
                    "Cannot deserialize a value from topic " + topic + ": " + failure.getMessage(), failure);
        }
        if (code.isPresent() && !isRefusal(status(code.getAsInt()))) {
            return new RegistryUnavailableException(registry(topic, failure), failure);
        }
        return ofWriting(topic, failure);
    }

    /** The failure of writing a value: whatever the registry itself is not to blame for stays as it is. */
    static RuntimeException ofWriting(String topic, RuntimeException failure) {
        OptionalInt code = errorCode(failure);
        String what = registry(topic, failure);
        if (code.isPresent() && isRefusal(status(code.getAsInt()))) {
            return new RegistryAccessException(what, failure);
        }
        if (code.isPresent()) {
            int status = status(code.getAsInt());
            return status == 408 || status == 429 || status / 100 == 5
                    ? new RegistryUnavailableException(what, failure)
                    : failure;
        }
        return chain(failure).stream().anyMatch(ForeignErrors::isOfTheNetwork)
                ? new RegistryUnavailableException(what, failure)
                : failure;
    }

    private static boolean isOfTheNetwork(Throwable t) {
        return t instanceof SocketException
                || t instanceof SocketTimeoutException
                || t instanceof UnknownHostException
                || t instanceof SSLException;
    }

    private static String registry(String topic, RuntimeException failure) {
        return "Schema registry, for topic " + topic + ": " + failure.getMessage();
    }

    private static boolean isRefusal(int status) {
        return status == 401 || status == 403;
    }

    /** Codes of the registry's own have two digits after the status. */
    private static int status(int errorCode) {
        return errorCode < 1_000 ? errorCode : errorCode / 100;
    }

    private static OptionalInt errorCode(Throwable failure) {
        for (Throwable t : chain(failure)) {
            Matcher code = ERROR_CODE.matcher(String.valueOf(t.getMessage()));
            if (code.find()) {
                return OptionalInt.of(Integer.parseInt(code.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        @Nullable Throwable t = failure;
        while (t != null && !chain.contains(t)) {
            chain.add(t);
            t = t.getCause();
        }
        return chain;
    }
}

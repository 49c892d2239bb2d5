package org.ctstream.service.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ctstream.service.fetch.Sha256;

/**
 * Checks a request's signature by its definition, from nothing of the client's.
 *
 * @see "Amazon S3 API Reference, Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)"
 */
record SignatureV4(String secretKey, String region) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    boolean signed(HttpExchange exchange, byte[] body) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String bodyDigest = exchange.getRequestHeaders().getFirst("X-Amz-Content-Sha256");
        if (authorization == null || bodyDigest == null || !authorization.startsWith(ALGORITHM)) {
            return false;
        }
        if (!bodyDigest.equals(Sha256.hex(body)) && (body.length > 0 || !bodyDigest.equals("UNSIGNED-PAYLOAD"))) {
            return false;
        }
        String scope = field(authorization, "Credential").split("/", 2)[1];
        List<String> names = Arrays.asList(field(authorization, "SignedHeaders").split(";", -1));
        String request = String.join(
                "\n",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery() == null
                        ? ""
                        : exchange.getRequestURI().getRawQuery(),
                names.stream()
                        .map(name -> name + ":"
                                + String.join(",", exchange.getRequestHeaders().get(name)) + "\n")
                        .collect(Collectors.joining()),
                String.join(";", names),
                bodyDigest);
        String toSign = String.join(
                "\n",
                ALGORITHM,
                exchange.getRequestHeaders().getFirst("X-Amz-Date"),
                scope,
                Sha256.hex(request.getBytes(UTF_8)));
        return scope.endsWith("/" + region + "/s3/aws4_request")
                && names.containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))
                && hex(key(scope), toSign).equals(field(authorization, "Signature"));
    }

    private byte[] key(String scope) {
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    private static String field(String authorization, String name) {
        int start = authorization.indexOf(name + "=") + name.length() + 1;
        int end = authorization.indexOf(',', start);
        return authorization.substring(start, end < 0 ? authorization.length() : end);
    }

    private static String hex(byte[] key, String text) {
        return HexFormat.of().formatHex(hmac(key, text)).toLowerCase(Locale.ROOT);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}

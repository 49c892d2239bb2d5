package org.ctstream.gateway.stow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a multipart body one after the other, without keeping any.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 *
 * @see "RFC 2046 5.1, Multipart Media Type"
 */
final class MultipartReader {
    private static final int BAD_REQUEST = 400;
    private static final int MAX_BOUNDARY = 70;
    private static final int MAX_HEADERS = 8 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private boolean begun;
    private boolean inBody;

    /** Takes the bytes of a part. */
    interface Sink {
        void take(byte[] bytes, int offset, int length);
    }

    /** @throws RequestException if the boundary is none */
    MultipartReader(InputStream in, String boundary) throws RequestException {
        if (boundary.isEmpty()
                || boundary.length() > MAX_BOUNDARY
                || !boundary.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw bad("the boundary is none (expected: 1 to " + MAX_BOUNDARY + " printable characters)");
        }
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // As if a line had ended before: the first delimiter may stand at the very beginning.
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.end = 2;
    }

    /**
     * Goes to the next part; what was not read of the one before is skipped.
     *
     * @return its headers by lower-case name; null behind the last part
     * @throws RequestException if the body ends too early or is none
     */
    @Nullable
    Map<String, String> next() throws IOException {
        if (!begun || inBody) {
            body((bytes, offset, length) -> {});
            begun = true;
        }
        int first = read();
        int second = read();
        if (first == '-' && second == '-') {
            return null;
        }
        // Blanks may stand between the delimiter and the end of its line.
        while (first == ' ' || first == '\t') {
            first = second;
            second = read();
        }
        if (first != '\r' || second != '\n') {
            throw bad("a boundary is not followed by the end of its line");
        }
        inBody = true;
        return headers();
    }

    /** Reads the part's bytes. */
    void body(Sink sink) throws IOException {
        while (true) {
            int found = find();
            if (found >= 0) {
                sink.take(buffer, at, found - at);
                at = found + delimiter.length;
                inBody = false;
                return;
            }
            int safe = Math.max(at, end - delimiter.length + 1);
            sink.take(buffer, at, safe - at);
            at = safe;
            fill();
        }
    }

    /** Where the delimiter stands in the buffer, or -1. A near match holds no carriage return, so nothing is read twice. */
    private int find() {
        for (int i = at; i <= end - delimiter.length; i++) {
            if (buffer[i] == '\r' && matches(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(int start) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[start + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        int left = MAX_HEADERS;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length();
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw bad("a part's header has no colon");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line(int most) throws IOException {
        var line = new ByteArrayOutputStream();
        int previous = -1;
        while (true) {
            int next = read();
            if (previous == '\r' && next == '\n') {
                byte[] bytes = line.toByteArray();
                return new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1);
            }
            line.write(next);
            if (line.size() > most) {
                throw bad("the headers of a part have more than " + MAX_HEADERS + " bytes");
            }
            previous = next;
        }
    }

    private int read() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xFF;
    }

    private void fill() throws IOException {
        if (!more()) {
            throw bad("the body ends before its last boundary");
        }
    }

    private boolean more() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    private static RequestException bad(String detail) {
        return new RequestException(BAD_REQUEST, "Cannot read the multipart body: " + detail);
    }
}

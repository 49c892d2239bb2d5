package org.ctstream.service.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Gets the encoded bytes of a scan, inline or by claim check. Nothing is allocated before its size is known to be
 * allowed, and a claim check's bytes leave only if length and digest match.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class PayloadReader implements AutoCloseable {
    private static final Pattern HEX_SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ClaimRoots roots;
    private final int maxBytes;
    private final TimeBound timeBound;

    /**
     * @param roots closed with this reader
     * @param maxBytes most encoded bytes of one scan
     * @param timeout longest time to read one claim check
     * @param maxReads most claim checks read at once, reads that hang among them
     */
    public PayloadReader(ClaimRoots roots, int maxBytes, Duration timeout, int maxReads) {
        this.roots = roots;
        this.maxBytes = maxBytes;
        this.timeBound = new TimeBound(timeout, maxReads);
    }

    /**
     * @param payload a scan's payload or image field: {@link InlinePayload} or {@link ClaimCheck}
     * @throws PoisonRecordException if the payload can never be had
     * @throws RetriableStageException if the store is away or too slow
     */
    public Payload read(@Nullable Object payload) {
        if (payload instanceof InlinePayload inline) {
            return inline(inline.getContent());
        }
        if (payload instanceof ClaimCheck claim) {
            return claimed(claim);
        }
        throw FetchPoison.unknownPayload();
    }

    private Payload inline(@Nullable ByteBuffer content) {
        if (content == null) {
            throw FetchPoison.unknownPayload();
        }
        if (content.remaining() > maxBytes) {
            throw FetchPoison.tooLarge("payload.content", content.remaining(), maxBytes);
        }
        // Avro wraps an array of the exact size, which is ours to read: no copy of a scan of many MiB.
        if (content.hasArray() && content.arrayOffset() == 0 && content.remaining() == content.array().length) {
            return Payload.of(content.array());
        }
        byte[] copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return Payload.of(copy);
    }

    private Payload claimed(ClaimCheck claim) {
        if (!HEX_SHA256.matcher(String.valueOf(claim.getSha256())).matches()) {
            throw FetchPoison.badField("payload.sha256", "a SHA-256 of 64 lower-case hexadecimal digits");
        }
        if (claim.getLength() < 0) {
            throw FetchPoison.badField("payload.length", "a length of 0 or more");
        }
        if (claim.getLength() > maxBytes) {
            throw FetchPoison.tooLarge("payload.length", claim.getLength(), maxBytes);
        }
        Payload payload = Payload.of(fetch(parse(claim.getUri()), (int) claim.getLength()));
        if (!payload.sha256().equals(claim.getSha256())) {
            throw FetchPoison.digestMismatch(claim.getSha256(), payload.sha256());
        }
        return payload;
    }

    private byte[] fetch(URI uri, int length) {
        ClaimRoot root = roots.covering(uri)
                .orElseThrow(() -> FetchPoison.outsideRoots(
                        "its URI lies under none of the " + roots.size() + " configured root(s)"));
        try {
            return timeBound.call(() -> root.read(uri, length));
        } catch (IOException e) {
            throw new RetriableStageException(
                    Stage.FETCH,
                    "The claim-check store under " + root.describe() + " is away: " + describe(e),
                    cause(e));
        }
    }

    /** An I/O error's own text may be a path, which may name the patient; its type says enough. */
    private static String describe(IOException e) {
        return e instanceof StoreAwayException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }

    /** For the same reason: whoever logs the failure logs its causes. */
    private static @Nullable Throwable cause(IOException e) {
        return e instanceof FileSystemException ? null : e;
    }

    private static URI parse(@Nullable String text) {
        try {
            URI uri = new URI(String.valueOf(text));
            if (!uri.isAbsolute()) {
                throw FetchPoison.badUri("it is relative");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw FetchPoison.badUri(e.getReason());
        }
    }

    @Override
    public void close() {
        timeBound.close();
        roots.close();
    }
}

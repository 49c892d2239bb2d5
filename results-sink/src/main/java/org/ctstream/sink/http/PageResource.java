package org.ctstream.sink.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** One file of the page, read once from the class path. */
final class PageResource implements Handler {
    private final byte[] bytes;
    private final String contentType;

    PageResource(String file, String contentType) {
        this.bytes = read(file);
        this.contentType = contentType;
    }

    @Override
    public void handle(Context context) {
        context.contentType(contentType).header("Cache-Control", "no-cache").result(bytes);
    }

    private static byte[] read(String file) {
        try (InputStream in = PageResource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks the page's file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

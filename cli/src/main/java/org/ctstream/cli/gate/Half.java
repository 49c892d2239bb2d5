package org.ctstream.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.ctstream.service.fetch.Sha256;

/** Which images of a place are taken: one half fits, the other judges. Told by their names, so always the same. */
enum Half {
    FIRST,
    SECOND,
    BOTH;

    boolean takes(Path file) {
        byte[] name = String.valueOf(file.getFileName()).getBytes(UTF_8);
        boolean even = (Sha256.newDigest().digest(name)[0] & 1) == 0;
        return switch (this) {
            case FIRST -> even;
            case SECOND -> !even;
            case BOTH -> true;
        };
    }
}

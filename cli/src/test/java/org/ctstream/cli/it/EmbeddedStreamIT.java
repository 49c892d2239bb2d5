package org.ctstream.cli.it;

import java.nio.file.Path;

/** The suite on the embedded broker and registry. */
class EmbeddedStreamIT extends StreamSuite {
    @Override
    StreamPlatform startPlatform(Path folder) {
        return new EmbeddedPlatform(folder);
    }
}

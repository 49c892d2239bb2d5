package org.ctstream.cli.it;

import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The same suite on containers; skipped where no Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerStreamIT extends StreamSuite {
    @Override
    StreamPlatform startPlatform(Path folder) {
        return new ContainerPlatform();
    }
}

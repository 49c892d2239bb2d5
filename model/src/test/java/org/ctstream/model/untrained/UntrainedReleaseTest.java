package org.ctstream.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrainedReleaseTest {
    @TempDir
    Path folder;

    @Test
    void releaseSaysEverywhereThatItIsUntrained() {
        ModelRelease release = UntrainedRelease.in(new ModelStore(folder)).release();

        assertThat(release.trained()).isFalse();
        assertThat(release.id()).hasToString("densenet169:0.0.0-untrained.23");
        assertThat(release.description()).startsWith("Untrained");
        assertThat(release.metrics()).isEmpty();
    }

    @Test
    void severalThatAskAtOnceGetTheOneReleaseAndLeaveNothingBehind() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(3);
        try {
            Callable<StoredRelease> ask = () -> UntrainedRelease.in(new ModelStore(folder), 5);
            List<Future<StoredRelease>> releases = processes.invokeAll(List.of(ask, ask, ask));

            StoredRelease stored = new ModelStore(folder).load(UntrainedRelease.id(5));
            for (Future<StoredRelease> release : releases) {
                assertThat(release.get()).isEqualTo(stored);
            }
        } finally {
            processes.shutdownNow();
        }
        try (var children = Files.list(folder)) {
            assertThat(children.map(Path::getFileName)).containsExactly(Path.of("densenet169"));
        }
    }
}

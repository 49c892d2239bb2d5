package org.ctstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.cli.model.HollowReleases;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseChoiceTest {
    @TempDir
    private Path folder;

    private ModelStore own = new ModelStore(Path.of(""));
    private ModelStore named = new ModelStore(Path.of(""));

    @BeforeEach
    void openStores() {
        own = new ModelStore(folder.resolve("own"));
        named = new ModelStore(folder.resolve("named"));
    }

    @Test
    void releaseOfTheNamedStoreIsBroughtIntoTheStacksOwn() {
        StoredRelease there = HollowReleases.save(named, "1", "same");

        StoredRelease chosen = new ReleaseChoice("net:1", named.root()).bringInto(own);

        assertThat(chosen.release()).isEqualTo(there.release());
        assertThat(chosen.folder()).startsWith(own.root());
    }

    @Test
    void namedStoreIsNotPassedOverForAnotherReleaseOfThatNameInTheStacksOwn() {
        HollowReleases.save(own, "1", "old");
        HollowReleases.save(named, "1", "new");

        assertThatThrownBy(() -> new ReleaseChoice("net:1", named.root()).bringInto(own))
                .isInstanceOf(ReleaseException.AlreadyExists.class)
                .hasMessageContaining("sha256 (");
    }

    @Test
    void releaseThatOnlyTheStacksOwnStoreHasIsTakenFromThere() {
        StoredRelease there = HollowReleases.save(own, "1", "old");

        assertThat(new ReleaseChoice("net:1", named.root()).bringInto(own)).isEqualTo(there);
        assertThat(new ReleaseChoice("net:1", null).bringInto(own)).isEqualTo(there);
    }

    @Test
    void releaseThatNoStoreHasIsRefused() {
        assertThatThrownBy(() -> new ReleaseChoice("net:1", named.root()).bringInto(own))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(named.root().toString());
    }
}

package org.ctstream.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ReleaseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseFailureTest {
    static Stream<Arguments> failures() {
        var cause = new IllegalStateException("test");
        return Stream.of(
                Arguments.of(new ReleaseException.Absent("x"), "absent", true),
                Arguments.of(new ReleaseException.Unreadable("x", cause), "unreadable", true),
                Arguments.of(new ReleaseException.Corrupt("x"), "corrupt", false),
                Arguments.of(new UnfitReleaseException(ReleaseFailure.DIGEST, "x"), "digest", false),
                Arguments.of(new UnfitReleaseException(ReleaseFailure.GEOMETRY, "x"), "geometry", false),
                Arguments.of(new IllegalArgumentException("unknown architecture"), "network", false),
                Arguments.of(new ClassifierException.EngineFailure("x", cause), "network", false),
                Arguments.of(new ClassifierException.OutOfMemory("x", cause), "device", true),
                Arguments.of(new ClassifierException.DeviceLost("x", cause), "device", true),
                Arguments.of(new UnsatisfiedLinkError("libtorch"), "network", false),
                Arguments.of(new OutOfMemoryError("Java heap space"), "device", true));
    }

    @ParameterizedTest(name = "{0} is {1}, may pass: {2}")
    @MethodSource("failures")
    void failureIsTriedAgainOnlyIfItMayPass(Throwable failure, String reason, boolean mayPass) {
        ReleaseFailure found = ReleaseFailure.of(failure);

        assertThat(found.reason()).isEqualTo(reason).isIn(ReleaseFailure.REASONS);
        assertThat(found.mayPass()).isEqualTo(mayPass);
        assertThat(found.message()).isNotBlank();
    }
}

package org.ctstream.worker.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.junit.jupiter.api.Test;

class IsolatingClassifierTest {
    private static final int CAPACITY = 8;

    @Test
    void oneBadScanIsRejectedAndTheOthersAreClassifiedInTheSameBatch() {
        var fake = new FakeClassifier(CAPACITY, CAPACITY);

        List<Outcome> outcomes = classify(fake, greys(10, 20, FakeClassifier.BAD_GREY, 40, 50));

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes)
                .filteredOn(Outcome.Rejected.class::isInstance)
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.scan().original().offset()).isEqualTo(2);
                    assertThat(((Outcome.Rejected) outcome).reason().reason()).isEqualTo("engine-failure");
                });
        assertThat(outcomes).extracting(o -> o.scan().original().offset()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void outOfMemoryHalvesTheBatchAndKeepsLaterOnesSmall() {
        var fake = new FakeClassifier(CAPACITY, 3);
        var isolating = new IsolatingClassifier(fake, Clock.systemUTC());

        assertThat(isolating.classify(batch(fake, greys(1, 2, 3, 4, 5, 6, 7, 8))))
                .hasSize(8);
        fake.batchSizes().clear();
        assertThat(isolating.classify(batch(fake, greys(1, 2, 3, 4, 5, 6, 7, 8))))
                .hasSize(8);

        assertThat(fake.batchSizes()).allMatch(size -> size <= 3);
    }

    @Test
    void brokenEngineLosesTheDeviceInsteadOfRejectingTheScan() {
        var fake = new FakeClassifier(CAPACITY, CAPACITY);
        fake.breakDown();

        assertThatThrownBy(() -> classify(fake, greys(1))).isInstanceOf(ClassifierException.DeviceLost.class);
    }

    @Test
    void deviceWithoutMemoryForOneScanIsLost() {
        var fake = new FakeClassifier(CAPACITY, 0);

        assertThatThrownBy(() -> classify(fake, greys(1))).isInstanceOf(ClassifierException.DeviceLost.class);
    }

    @Test
    void sliceOfAnotherSizeIsRejectedBeforeTheEngineSeesIt() {
        var fake = new FakeClassifier(CAPACITY, CAPACITY);
        var small = PendingScan.decoded(Scans.record(0, 0, "small"), 1, Scans.normalized("small", 5, 100));

        PreparedBatch batch = batch(fake, List.of(small));

        assertThat(batch.slices().isEmpty()).isTrue();
        assertThat(batch.rejected())
                .singleElement()
                .satisfies(outcome -> assertThat(((Outcome.Rejected) outcome).reason())
                        .hasMessageContaining("100")
                        .hasMessageContaining("224 x 224"));
    }

    @Property(tries = 50)
    void everyScanHasOneOutcomeInOrderWhateverIsBad(@ForAll @Size(max = CAPACITY) List<Boolean> bad) {
        var fake = new FakeClassifier(CAPACITY, 3);
        var greys = new ArrayList<PendingScan>();
        for (int i = 0; i < bad.size(); i++) {
            greys.add(Scans.pending(i, bad.get(i) ? FakeClassifier.BAD_GREY : 100 + i));
        }

        List<Outcome> outcomes = classify(fake, greys);

        assertThat(outcomes).hasSize(bad.size());
        for (int i = 0; i < bad.size(); i++) {
            assertThat(outcomes.get(i).scan()).isSameAs(greys.get(i));
            assertThat(outcomes.get(i) instanceof Outcome.Rejected).isEqualTo(bad.get(i));
        }
    }

    private static List<PendingScan> greys(int... greys) {
        var scans = new ArrayList<PendingScan>();
        for (int i = 0; i < greys.length; i++) {
            scans.add(Scans.pending(i, greys[i]));
        }
        return scans;
    }

    private static List<Outcome> classify(FakeClassifier fake, List<PendingScan> scans) {
        return new IsolatingClassifier(fake, Clock.systemUTC()).classify(batch(fake, scans));
    }

    private static PreparedBatch batch(FakeClassifier fake, List<PendingScan> scans) {
        var batch = new PreparedBatch(Lane.ROUTINE, CAPACITY, fake.release());
        scans.forEach(scan -> batch.add(scan, 0));
        return batch;
    }
}

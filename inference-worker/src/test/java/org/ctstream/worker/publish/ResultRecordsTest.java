package org.ctstream.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Prediction;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.worker.Scans;
import org.ctstream.worker.predict.FakeReleases;
import org.ctstream.worker.predict.Outcome;
import org.junit.jupiter.api.Test;

class ResultRecordsTest {
    private static final Heatmap MAP = new Heatmap(1, 2, List.of(0.25f, 1f));

    @Test
    void refusedScanIsIndeterminateWithTheReasonAndKeepsItsProbability() {
        ScanClassified result = refused(new Prediction.Scored(0.9, MAP));

        assertThat(result.getLabel()).isEqualTo(Label.INDETERMINATE);
        assertThat(result.getIndeterminateReason()).isEqualTo("not like a chest");
        assertThat(result.getProbability()).isEqualTo(0.9);
        assertThat(result.getHeatmap()).isNull();
    }

    @Test
    void outputThatIsNoNumberIsTheFirstReason() {
        ScanClassified result = refused(new Prediction.NotFinite(1, 0));

        assertThat(result.getIndeterminateReason()).contains("not a number");
    }

    private static ScanClassified refused(Prediction prediction) {
        return new ResultRecords("worker", false)
                .of(new Outcome.Predicted(
                        Scans.pending(0, 100).refused("not like a chest"),
                        prediction,
                        FakeReleases.release(),
                        FakeReleases.engine(),
                        Instant.EPOCH));
    }

    @Test
    void positiveResultShowsWhereTheNetworkSawIt() {
        ScanClassified result = record(new Prediction.Scored(0.9, MAP));

        assertThat(result.getLabel()).isEqualTo(Label.POSITIVE);
        assertThat(result.getHeatmap()).isEqualTo(new org.ctstream.schemas.avro.Heatmap(1, 2, List.of(0.25f, 1f)));
    }

    @Test
    void otherResultsHaveNoHeatmap() {
        assertThat(record(new Prediction.Scored(0.1, MAP)).getHeatmap()).isNull();
        assertThat(record(new Prediction.NotFinite(Float.NaN, 0)).getHeatmap()).isNull();
        assertThat(record(new Prediction.Scored(0.9)).getHeatmap()).isNull();
    }

    @Test
    void everyResultWithANumberCarriesItsEmbeddingIfItIsToBePublished() {
        var prediction = new Prediction.Scored(0.1, null, Embedding.ofBytes(new byte[] {127, -3}));

        assertThat(record(prediction).getEmbedding()).isEqualTo(ByteBuffer.wrap(new byte[] {127, -3}));
        assertThat(record(prediction, false).getEmbedding()).isNull();
        assertThat(record(new Prediction.Scored(0.1)).getEmbedding()).isNull();
        assertThat(record(new Prediction.NotFinite(0, Float.NaN)).getEmbedding())
                .isNull();
    }

    @Test
    void resultSaysWhereItsSliceAndTheOriginalStand() {
        ScanClassified result = record(new Prediction.Scored(0.1));

        assertThat(result.getNormalizedRecord()).isEqualTo(new RecordPosition("ct.scan.normalized", 0, 0L));
        assertThat(result.getReceivedRecord()).isNull();
    }

    private static ScanClassified record(Prediction prediction) {
        return record(prediction, true);
    }

    private static ScanClassified record(Prediction prediction, boolean embeddings) {
        return new ResultRecords("worker", embeddings)
                .of(new Outcome.Predicted(
                        Scans.pending(0, 100),
                        prediction,
                        FakeReleases.release(),
                        FakeReleases.engine(),
                        Instant.EPOCH));
    }
}

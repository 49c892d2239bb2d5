package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Seeds;
import org.ctstream.trainer.loss.SemiHardMiner;
import org.ctstream.trainer.loss.SquaredDistance;
import org.ctstream.trainer.loss.TripletLoss;
import org.ctstream.trainer.loss.Triplets;

/**
 * Triplet loss of the embeddings. AUC is that of a classifier without weights: by how much an embedding is nearer to the
 * mean of the epoch's positive training embeddings than to that of the negative ones.
 */
final class Contrast implements Objective {
    private static final int IMAGES_OF_A_TRIPLET = 3;

    private final ImageOrder order;
    private final TripletSamples samples;
    private final List<LabeledImage> validation;
    private final PhaseSettings settings;
    private final long seed;
    private final TripletLoss loss;
    private final SemiHardMiner miner;
    private Centroids centroids = new Centroids();
    private final List<float[]> seen = new ArrayList<>();
    private final List<Boolean> seenPositives = new ArrayList<>();
    private double lossSum;
    private int lossCount;

    Contrast(
            PhaseSettings settings,
            ImageOrder order,
            TripletSamples samples,
            List<LabeledImage> validation,
            long seed) {
        this.settings = settings;
        this.order = order;
        this.samples = samples;
        this.validation = validation;
        this.seed = seed;
        this.loss = new TripletLoss((float) settings.margin());
        this.miner = new SemiHardMiner((float) settings.margin());
    }

    @Override
    public List<Update> plan(int epoch) {
        int perMicroBatch =
                mined() ? settings.microBatchSize() : Math.max(1, settings.microBatchSize() / IMAGES_OF_A_TRIPLET);
        return Slicing.parts(order.of(epoch), settings.batchSize()).stream()
                .map(anchors -> new Update(Slicing.evenParts(anchors, perMicroBatch).stream()
                        .map(part -> mined() ? samples.anchors(part, epoch) : samples.triplets(part, epoch))
                        .toList()))
                .toList();
    }

    @Override
    public List<Sample> allSamples() {
        return samples.all();
    }

    @Override
    public List<Sample> validationSamples() {
        return validation.stream().map(Sample::plain).toList();
    }

    @Override
    public int stages(StagedNetwork network) {
        // The classifier is the last stage and has no part in the embedding.
        return network.stages().size() - 1;
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        float[][] embeddings = rows(output.toFloatArray(), batch.size());
        boolean[] positives = batch.positives();
        Triplets triplets =
                mined() ? miner.mine(embeddings, positives) : Triplets.thirds(batch.size() / IMAGES_OF_A_TRIPLET);
        int anchors = mined() ? batch.size() : triplets.count();
        for (int i = 0; i < anchors; i++) {
            seen.add(embeddings[i]);
            seenPositives.add(positives[i]);
        }
        if (triplets.count() == 0) {
            // One class only: nothing to tell apart, and a gradient of zero.
            return output.sum().mul(0f);
        }
        NDArray mean = loss.of(output, triplets);
        lossSum += (double) mean.getFloat() * triplets.count();
        lossCount += triplets.count();
        return mean;
    }

    @Override
    public Figures training() {
        centroids = new Centroids();
        for (int i = 0; i < seen.size(); i++) {
            centroids.add(seen.get(i), seenPositives.get(i));
        }
        Figures figures = new Figures(lossSum / Math.max(1, lossCount), auc(seen, seenPositives));
        seen.clear();
        seenPositives.clear();
        lossSum = 0;
        lossCount = 0;
        return figures;
    }

    @Override
    public Figures validation(float[][] outputs) {
        List<Boolean> positives =
                validation.stream().map(LabeledImage::positive).toList();
        return new Figures(tripletLoss(outputs, positives), auc(List.of(outputs), positives));
    }

    /** Over one triplet per image, the same in every epoch. */
    private double tripletLoss(float[][] embeddings, List<Boolean> positives) {
        Random random = new Random(Seeds.of(seed, Seeds.of("validation")));
        double sum = 0;
        for (int anchor = 0; anchor < embeddings.length; anchor++) {
            boolean own = positives.get(anchor);
            int positive = pick(positives, own, anchor, random);
            int negative = pick(positives, !own, anchor, random);
            if (positive < 0 || negative < 0) {
                return Double.NaN;
            }
            sum += Math.max(
                    0,
                    SquaredDistance.of(embeddings[anchor], embeddings[positive])
                            - SquaredDistance.of(embeddings[anchor], embeddings[negative])
                            + settings.margin());
        }
        return sum / embeddings.length;
    }

    private static int pick(List<Boolean> positives, boolean wanted, int not, Random random) {
        int start = random.nextInt(positives.size());
        for (int i = 0; i < positives.size(); i++) {
            int candidate = (start + i) % positives.size();
            if (candidate != not && positives.get(candidate) == wanted) {
                return candidate;
            }
        }
        return -1;
    }

    private double auc(List<float[]> embeddings, List<Boolean> positives) {
        ScoreList scores = new ScoreList();
        for (int i = 0; i < embeddings.size(); i++) {
            scores.add(centroids.score(embeddings.get(i)), positives.get(i));
        }
        return scores.auc();
    }

    private boolean mined() {
        return settings.triplets() == TripletStrategy.SEMI_HARD;
    }

    private static float[][] rows(float[] values, int count) {
        int length = values.length / count;
        float[][] rows = new float[count][length];
        for (int row = 0; row < count; row++) {
            System.arraycopy(values, row * length, rows[row], 0, length);
        }
        return rows;
    }
}

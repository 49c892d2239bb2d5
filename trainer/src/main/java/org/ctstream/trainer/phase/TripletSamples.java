package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Seeds;

/** The images that go into triplets. */
final class TripletSamples {
    private final List<LabeledImage> positives;
    private final List<LabeledImage> negatives;
    private final SampleMaker maker;
    private final SampleMaker strongMaker;
    private final TripletStrategy strategy;
    private final long seed;

    /** @param strongMaker makes the positives of {@link TripletStrategy#STRONG_POSITIVE} */
    TripletSamples(
            List<LabeledImage> training,
            SampleMaker maker,
            SampleMaker strongMaker,
            TripletStrategy strategy,
            long seed) {
        this.positives = training.stream().filter(LabeledImage::positive).toList();
        this.negatives = training.stream().filter(image -> !image.positive()).toList();
        this.maker = maker;
        this.strongMaker = strongMaker;
        this.strategy = strategy;
        this.seed = seed;
        if (positives.isEmpty() || negatives.isEmpty()) {
            throw new IllegalArgumentException("triplets need images of both classes, found " + positives.size()
                    + " positive and " + negatives.size() + " negative ones in training");
        }
    }

    /** Anchors alone, for mining. */
    List<Sample> anchors(List<LabeledImage> anchors, int epoch) {
        List<Sample> samples = new ArrayList<>();
        anchors.forEach(anchor -> samples.add(maker.sample(anchor, epoch, samples.size())));
        return samples;
    }

    /** Anchors, then their positives, then their negatives. */
    List<Sample> triplets(List<LabeledImage> anchors, int epoch) {
        List<Sample> positiveSamples = new ArrayList<>();
        List<Sample> negativeSamples = new ArrayList<>();
        for (LabeledImage anchor : anchors) {
            Random random = new Random(Seeds.of(seed, Seeds.of(anchor.digest()), epoch));
            positiveSamples.add(positiveOf(anchor, epoch, random));
            LabeledImage negative = any(anchor.positive() ? negatives : positives, random);
            negativeSamples.add(maker.sample(negative, epoch, random.nextInt()));
        }
        List<Sample> samples = new ArrayList<>(anchors(anchors, epoch));
        samples.addAll(positiveSamples);
        samples.addAll(negativeSamples);
        return samples;
    }

    List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        for (List<LabeledImage> images : List.of(positives, negatives)) {
            all.addAll(maker.all(images));
            if (strategy == TripletStrategy.STRONG_POSITIVE) {
                all.addAll(strongMaker.all(images));
            }
        }
        return all;
    }

    private Sample positiveOf(LabeledImage anchor, int epoch, Random random) {
        if (strategy == TripletStrategy.STRONG_POSITIVE) {
            return strongMaker.sample(anchor, epoch, random.nextInt());
        }
        List<LabeledImage> own = anchor.positive() ? positives : negatives;
        LabeledImage positive = any(own, random);
        // The anchor itself only where its class has no other image.
        for (int tries = 0; positive.equals(anchor) && tries < own.size(); tries++) {
            positive = own.get((own.indexOf(positive) + 1) % own.size());
        }
        return maker.sample(positive, epoch, random.nextInt());
    }

    private static LabeledImage any(List<LabeledImage> images, Random random) {
        return images.get(random.nextInt(images.size()));
    }
}

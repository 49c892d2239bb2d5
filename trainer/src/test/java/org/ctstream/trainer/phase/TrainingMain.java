package org.ctstream.trainer.phase;

import java.nio.file.Path;
import org.ctstream.trainer.feed.TestSlices;

/** Trains a small phase in a process of its own: the images' folder, the phase's folder. */
public final class TrainingMain {
    private TrainingMain() {}

    public static void main(String[] args) {
        trial(Path.of(args[0]), Path.of(args[1])).run();
    }

    /** What it trains; the same for the same images. */
    static Trial trial(Path images, Path folder) {
        SmallPhase phase =
                SmallPhase.classification().epochs(EPOCHS).averageDecay(0.9).dropout(0.2);
        return Trial.of(phase, TestSlices.in(images), folder);
    }

    static final int EPOCHS = 30;
}

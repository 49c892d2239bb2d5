package org.ctstream.trainer.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.trainer.run.TrainKeys;

/**
 * What one trial tries.
 *
 * @param number counted from 1
 * @param learningRate base learning rate
 * @param batchSize images per update
 * @param augmentation by name
 * @param trainable stages that learn; all if empty
 */
public record TrialSettings(
        int number, double learningRate, int batchSize, String augmentation, List<String> trainable) {
    public TrialSettings {
        trainable = List.copyOf(trainable);
    }

    /** The keys of a phase that make these settings. */
    public Map<String, String> keys(String phase) {
        var keys = new LinkedHashMap<String, String>();
        keys.put(phase + TrainKeys.LEARNING_RATE, Double.toString(learningRate));
        keys.put(phase + TrainKeys.BATCH_SIZE, Integer.toString(batchSize));
        keys.put(phase + TrainKeys.AUGMENTATION, augmentation);
        keys.put(phase + TrainKeys.TRAINABLE, String.join(",", trainable));
        return keys;
    }

    /** The stages in one word for tables. */
    public String trainableText() {
        return trainable.isEmpty() ? "all" : String.join(",", trainable);
    }
}

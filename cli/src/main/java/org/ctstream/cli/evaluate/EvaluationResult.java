package org.ctstream.cli.evaluate;

import java.util.List;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;

/** An evaluation with what it was made from, for the files to write. */
record EvaluationResult(EvaluationReport report, List<ScoredImage> images, Scores scores, Evaluation evaluation) {
    EvaluationResult {
        images = List.copyOf(images);
    }
}

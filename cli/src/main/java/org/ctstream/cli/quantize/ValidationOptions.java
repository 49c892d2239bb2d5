package org.ctstream.cli.quantize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.DatasetSettings;
import org.ctstream.trainer.dataset.DatasetStore;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.LabelTopic;
import org.ctstream.trainer.dataset.Split;
import picocli.CommandLine.Option;

/** The labelled images that decide. */
final class ValidationOptions {
    @Option(
            names = "--validation",
            paramLabel = "CSV",
            description = "List of labelled images to compare on, columns path and label; may be repeated. Default: the"
                    + " validation images of the topic ct.scan.labeled.")
    private List<Path> lists = new ArrayList<>();

    /**
     * The data set; what counts is its validation split.
     *
     * @param folder where images are kept
     * @throws CliException if no image can be used
     */
    Dataset load(Connection connection, Path folder) {
        Dataset dataset;
        try {
            dataset = lists.isEmpty()
                    ? fromTopic(connection, folder)
                    : Datasets.fromCsv(Map.of(Split.VALIDATION, lists), folder);
        } catch (DatasetException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
        if (dataset.images(Split.VALIDATION).isEmpty()) {
            String first = dataset.rejected().isEmpty()
                    ? ""
                    : "; the first refusal: " + dataset.rejected().get(0);
            throw CliException.failure(
                    "There is no validation image in "
                            + (lists.isEmpty() ? "the topic ct.scan.labeled" : lists.toString())
                            + ", and without any an INT8 release is not stored: give --validation CSV" + first,
                    null);
        }
        return dataset;
    }

    private static Dataset fromTopic(Connection to, Path folder) {
        return new DatasetStore(folder, DatasetSettings.DEFAULTS)
                .materialise(new LabelTopic(to.consumer(), to.producer(), to.admin(), to.serializers()));
    }
}

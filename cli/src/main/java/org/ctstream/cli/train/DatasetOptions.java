package org.ctstream.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.DatasetKeys;
import org.ctstream.trainer.dataset.DatasetSettings;
import org.ctstream.trainer.dataset.DatasetStore;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.LabelTopic;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the labelled images come from: the topic, or local lists. */
public final class DatasetOptions {
    @Option(
            names = "--train",
            paramLabel = "CSV",
            description =
                    "List of training images, columns path and label; may be repeated. Without any list the images"
                            + " come from the topic ct.scan.labeled.")
    private List<Path> train = new ArrayList<>();

    @Option(names = "--validation", paramLabel = "CSV", description = "List of validation images; may be repeated.")
    private List<Path> validation = new ArrayList<>();

    @Option(names = "--test", paramLabel = "CSV", description = "List of test images, which are only kept apart.")
    private List<Path> test = new ArrayList<>();

    @Option(
            names = "--dataset-folder",
            paramLabel = "DIR",
            description = "Folder in which the images are kept. It can be deleted and is made again. Default: the key "
                    + DatasetKeys.FOLDER + ", which is ctstream-data/dataset unless set.")
    private @Nullable Path folder;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /**
     * The data set.
     *
     * @param config settings with {@link DatasetKeys}
     * @throws CliException if it cannot be made
     */
    public Dataset load(ServiceConfig config) {
        Path in = folder == null ? config.path(DatasetKeys.FOLDER) : folder;
        try {
            return isFromTopic() ? fromTopic(in, DatasetKeys.settings(config)) : fromLists(in);
        } catch (DatasetException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
    }

    /** The cluster these options name, also where the images come from lists. */
    public Connection connection() {
        return connection.connection();
    }

    private boolean isFromTopic() {
        return train.isEmpty() && validation.isEmpty() && test.isEmpty();
    }

    private Dataset fromTopic(Path in, DatasetSettings settings) {
        Connection to = connection();
        return new DatasetStore(in.resolve("topic"), settings)
                .materialise(new LabelTopic(to.consumer(), to.producer(), to.admin(), to.serializers()));
    }

    private Dataset fromLists(Path in) {
        Map<Split, List<Path>> lists = new EnumMap<>(Split.class);
        lists.put(Split.TRAIN, train);
        lists.put(Split.VALIDATION, validation);
        lists.put(Split.TEST, test);
        return Datasets.fromCsv(lists, in.resolve("lists"));
    }
}

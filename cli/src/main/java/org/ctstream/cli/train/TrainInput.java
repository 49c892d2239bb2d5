package org.ctstream.cli.train;

import java.util.Map;
import org.ctstream.cli.connect.Connection;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import picocli.CommandLine.Mixin;

/** What every training needs: settings and labelled images. */
public final class TrainInput {
    @Mixin
    private TrainOptions options = new TrainOptions();

    @Mixin
    private DatasetOptions data = new DatasetOptions();

    /** The checked settings. */
    public ServiceConfig config() {
        return config(Map.of());
    }

    /** @param defaults keys that are set unless the user says otherwise */
    public ServiceConfig config(Map<String, String> defaults) {
        return config(defaults, Map.of());
    }

    /** @param overrides keys that are set whatever the user says */
    public ServiceConfig config(Map<String, String> defaults, Map<String, String> overrides) {
        return options.config(defaults, overrides);
    }

    /**
     * The images.
     *
     * @throws org.ctstream.cli.CliException if there are none to be had
     */
    public Dataset dataset(ServiceConfig config) {
        return data.load(config);
    }

    /** The cluster the options name, also where the images come from lists. */
    public Connection connection() {
        return data.connection();
    }
}

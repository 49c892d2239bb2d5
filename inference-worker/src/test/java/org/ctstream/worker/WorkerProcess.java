package org.ctstream.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.service.config.ServiceConfig;

/** A worker in a JVM of its own, which a test can kill, or which a scan kills. */
final class WorkerProcess {
    /** Its engine ends the process at a slice of this grey level; left out, it ends at none. */
    static final String DEADLY_GREY = "deadly.grey";

    private WorkerProcess() {}

    /** Starts it with its output in that file. */
    static Process start(Map<String, String> settings, Path log) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                WorkerProcess.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.start();
    }

    public static void main(String[] arguments) {
        var settings = new HashMap<String, String>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        String deadly = settings.remove(DEADLY_GREY);
        Engines engines = deadly == null
                ? Engines.standard()
                : new Engines(Map.of(
                        "none",
                        (release, options) -> new Deadly(
                                Engines.standard().named("none").open(release, options), Integer.parseInt(deadly))));
        InferenceWorker worker =
                InferenceWorker.create(ServiceConfig.of("worker", WorkerKeys.def(), settings), engines);
        worker.run();
    }

    /** Ends the process as a fault in native code does. */
    private static final class Deadly implements Classifier {
        private final Classifier engine;
        private final int grey;

        Deadly(Classifier engine, int grey) {
            this.engine = engine;
            this.grey = grey;
        }

        @Override
        public List<Prediction> classify(SliceBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                if ((batch.pixels().get(i * batch.height() * batch.width()) & 0xff) == grey) {
                    Runtime.getRuntime().halt(134);
                }
            }
            return engine.classify(batch);
        }

        @Override
        public ModelRelease release() {
            return engine.release();
        }

        @Override
        public EngineDescription engine() {
            return engine.engine();
        }

        @Override
        public int maxBatchSize() {
            return engine.maxBatchSize();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}

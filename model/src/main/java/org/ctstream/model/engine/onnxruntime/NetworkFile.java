package org.ctstream.model.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Path;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.engine.support.TemporaryFolder;
import org.ctstream.model.onnx.OnnxModel;

/**
 * A network as a file, for as long as ONNX Runtime reads it: read from a file it is not held on the heap, once as an
 * array and once more in DJL. Its name is always the same, because ONNX Runtime makes it part of a cached engine's name.
 */
final class NetworkFile implements AutoCloseable {
    private final TemporaryFolder folder;

    private NetworkFile(TemporaryFolder folder) {
        this.folder = folder;
    }

    static NetworkFile write(OnnxModel model) {
        try {
            NetworkFile file = new NetworkFile(TemporaryFolder.create("ctstream-network"));
            try {
                model.write(file.path());
                return file;
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ClassifierException.Unavailable(
                    "cannot write the network for ONNX Runtime to the folder for temporary files, "
                            + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                            + "; it must be writable and have room for the weights (another: -Djava.io.tmpdir=FOLDER)",
                    e);
        }
    }

    Path path() {
        return folder.file();
    }

    @Override
    public void close() {
        folder.close();
    }
}

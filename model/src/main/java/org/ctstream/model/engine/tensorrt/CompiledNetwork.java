package org.ctstream.model.engine.tensorrt;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.engine.support.Closing;
import org.ctstream.model.network.Recording;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.ctstream.model.release.ModelRelease;

/** A network on the GPU, which its sessions share. */
final class CompiledNetwork implements AutoCloseable {
    private static final int CLASSES = 2;

    private final Model model;
    private final Device device;

    CompiledNetwork(Model model, Device device) {
        this.model = model;
        this.device = device;
    }

    /**
     * Opens its sessions. If one does not open, everything is closed, the network too.
     *
     * @param engine how many, and slices of each run
     * @param mapSize of the network's class activation maps
     */
    Lanes lanes(ModelRelease release, EngineDescription engine, Optional<MapSize> mapSize) {
        DjlSession.Bindings bindings = bindings(release, engine.slicesPerRun(), mapSize);
        List<Lane> lanes = new ArrayList<>();
        boolean opened = false;
        try {
            for (int i = 0; i < engine.sessions(); i++) {
                lanes.add(new Lane(
                        DjlSession.open(model, device, bindings),
                        engine.slicesPerRun(),
                        release.height() * release.width(),
                        mapSize));
            }
            opened = true;
            return new Lanes(lanes);
        } finally {
            if (!opened) {
                try {
                    Closing.all(lanes);
                } finally {
                    close();
                }
            }
        }
    }

    private static DjlSession.Bindings bindings(ModelRelease release, int slices, Optional<MapSize> mapSize) {
        return new DjlSession.Bindings(
                Recording.SLICES,
                new Shape(slices, release.height(), release.width()),
                Recording.LOGITS,
                new Shape(slices, CLASSES),
                Recording.EVIDENCE,
                mapSize.map(size -> new Shape(slices, size.rows(), size.columns())));
    }

    @Override
    public void close() {
        model.close();
    }
}

package org.ctstream.model.engine.onnxruntime;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.ctstream.model.classify.SliceBatch;

/**
 * A network with the way in which it computes batches. It does not own the sessions.
 *
 * <p>Runs at the same time share a session: they take the same time as on sessions of their own, with one copy of the
 * weights instead of one each. A batch with fewer slices than runs would leave threads idle; it goes to a session with all
 * threads.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe. It must not be closed while somebody computes.
 */
final class ArrangedNetwork implements AutoCloseable {
    private final Arrangement arrangement;
    private final NetworkSession shared;
    private final NetworkSession wide;
    private final OutputSizes sizes;
    private final Lanes lanes;

    /**
     * @param shared session for runs at the same time
     * @param wide session for batches that are too small for that, with the threads of all of them; may be the same
     */
    ArrangedNetwork(Arrangement arrangement, NetworkSession shared, NetworkSession wide, OutputSizes sizes) {
        this.arrangement = arrangement;
        this.shared = shared;
        this.wide = wide;
        this.sizes = sizes;
        this.lanes = new Lanes(arrangement.runs());
    }

    Arrangement arrangement() {
        return arrangement;
    }

    NetworkOutputs compute(SliceBatch batch) {
        int slices = batch.size();
        NetworkOutputs outputs = new NetworkOutputs(slices, sizes);
        if (slices < arrangement.runs()) {
            lanes.alone(() -> run(wide, batch, 0, slices, outputs));
            return outputs;
        }
        int parts = arrangement.parts(slices);
        lanes.each(parts, part -> {
            int first = Arrangement.firstSlice(part, parts, slices);
            run(shared, batch, first, Arrangement.firstSlice(part + 1, parts, slices), outputs);
        });
        return outputs;
    }

    private static void run(NetworkSession session, SliceBatch batch, int from, int to, NetworkOutputs outputs) {
        int slicePixels = batch.height() * batch.width();
        ByteBuffer pixels = batch.pixels().position(from * slicePixels).limit(to * slicePixels);
        session.run(pixels, new Shape(to - from, batch.height(), batch.width()), outputs, from);
    }

    @Override
    public void close() {
        lanes.close();
    }
}

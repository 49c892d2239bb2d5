package org.ctstream.model.network;

import java.util.List;

/**
 * A network without its last linear layer: standardised images, float32 (N, 3, H, W), to (N, features).
 *
 * @param name name of the architecture
 * @param stages its parts, in order
 * @param features length of what comes out for each image
 */
record Backbone(String name, List<Stage> stages, long features) {
    Backbone {
        stages = List.copyOf(stages);
    }
}

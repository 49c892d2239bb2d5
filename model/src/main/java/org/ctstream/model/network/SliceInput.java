package org.ctstream.model.network;

import java.util.List;
import org.ctstream.model.graph.PortType;

/**
 * What a recorded network is given: grey slices (N, height, width), 0 to 255, which it standardises itself.
 *
 * @param type element type of the slices
 * @param batch slices of every run, or {@link org.ctstream.model.graph.Port#ANY}
 * @param height rows
 * @param width columns
 * @param mean mean per channel, of pixels scaled to 0..1
 * @param standardDeviation standard deviation per channel, of pixels scaled to 0..1
 */
public record SliceInput(
        PortType type, long batch, int height, int width, List<Double> mean, List<Double> standardDeviation) {
    public SliceInput {
        mean = List.copyOf(mean);
        standardDeviation = List.copyOf(standardDeviation);
    }
}

package org.ctstream.benchmarks.micro;

import java.util.List;

/**
 * A benchmark and what it is held against.
 *
 * @param what in words
 * @param subject class and method
 * @param baseline class and method
 * @param baselineText what the baseline is, in words
 */
record Comparison(String what, String subject, String baseline, String baselineText) {
    static final List<Comparison> ALL = List.of(
            of("decode PNG, 512 x 512", "DecodeBenchmark.png", "ImageIO alone"),
            of("decode JPEG, 512 x 512", "DecodeBenchmark.jpeg", "ImageIO alone"),
            of("decode DICOM, 512 x 512", "DecodeBenchmark.dicom", "its values through a table"),
            of("resize 512 to 224", "ResizeBenchmark.resize", "the JDK's bilinear drawing, not antialiased"),
            new Comparison(
                    "resize 512 to 224",
                    "ResizeBenchmark.resize",
                    "ResizeBenchmark.resizeCopyBaseline",
                    "a copy of the input"),
            of("fill a batch of 32 slices", "BatchingBenchmark.fill", "a bare copy to direct memory"),
            of("serialize", "SerdeBenchmark.serialize", "Avro alone"),
            of("deserialize", "SerdeBenchmark.deserialize", "Avro alone"));

    private static Comparison of(String what, String subject, String baselineText) {
        return new Comparison(what, subject, subject + "Baseline", baselineText);
    }
}

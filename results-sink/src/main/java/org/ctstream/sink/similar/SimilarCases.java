package org.ctstream.sink.similar;

import java.util.List;

/**
 * The confirmed cases nearest to a scan.
 *
 * @param resultId the scan's result whose embedding was compared, its newest
 * @param embedded whether it has one; if not, nothing was compared
 * @param compared cases of other patients it was compared with
 * @param comparedPositive how many of them readers say are positive: what a nearest case would be by chance
 * @param renewing whether newer cases are being read: asked again in some seconds, this may find more
 * @param cases the nearest first, no two of one patient or study
 */
public record SimilarCases(
        String resultId,
        boolean embedded,
        int compared,
        int comparedPositive,
        boolean renewing,
        List<SimilarCase> cases) {
    public SimilarCases {
        cases = List.copyOf(cases);
    }

    static SimilarCases ofNoEmbedding(String resultId) {
        return new SimilarCases(resultId, false, 0, 0, false, List.of());
    }
}

package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.scan.SlicePng;
import org.ctstream.sink.store.Choices;
import org.ctstream.sink.store.DetailQueries;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.ResultDetail;
import org.ctstream.sink.store.Review;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.WorklistQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the page reads of scans: {@code GET /api/worklist}, {@code /api/worklist/choices}, {@code /api/scans/{scanId}} and
 * {@code /api/scans/{scanId}/slice}, a PNG.
 */
final class PageApi {
    private static final Logger log = LoggerFactory.getLogger(PageApi.class);

    private final WorklistQueries worklist;
    private final DetailQueries details;
    private final ReviewStore reviews;
    private final ScanRecords scans;
    private final Cached<Choices> choices;

    PageApi(WorklistQueries worklist, DetailQueries details, ReviewStore reviews, ScanRecords scans, Clock clock) {
        this.worklist = worklist;
        this.details = details;
        this.reviews = reviews;
        this.scans = scans;
        this.choices = new Cached<>(worklist::choices, clock);
    }

    void addTo(RoutesConfig routes) {
        routes.get(
                "/api/worklist",
                context -> ResultsApi.write(context, worklist.list(WorklistParameters.parse(context.queryParamMap()))));
        routes.get("/api/worklist/choices", context -> ResultsApi.write(context, choices.get()));
        routes.get("/api/scans/{scanId}", context -> ResultsApi.write(context, scan(context.pathParam("scanId"))));
        routes.get("/api/scans/{scanId}/slice", this::slice);
    }

    private Scan scan(String scanId) {
        return new Scan(scanId, results(scanId), reviews.ofScan(scanId));
    }

    private List<ResultDetail> results(String scanId) {
        List<ResultDetail> results = scanId.indexOf('\0') < 0 ? details.ofScan(scanId) : List.of();
        if (results.isEmpty()) {
            throw ApiException.notFound(
                    "No result is stored for scan " + scanId + ".",
                    "It may still be on its way: ask again, and look for it among the dead letters if it does not"
                            + " come.");
        }
        return results;
    }

    private void slice(Context context) {
        String scanId = context.pathParam("scanId");
        RecordPlace place = results(scanId).stream()
                .map(ResultDetail::normalized)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> ApiException.gone(
                        "The result does not say where its slice stands in Kafka.",
                        "A worker of an earlier version made it. The result stands as it is."));
        context.contentType("image/png").result(png(scanId, place));
    }

    private byte[] png(String scanId, RecordPlace place) {
        try {
            Optional<ScanRecords.Found<ScanNormalized>> found = scans.normalized(scanId, place);
            return SlicePng.of(found.orElseThrow(() -> ApiException.gone(
                            "The slice is no longer in Kafka: the retention of " + place.topic() + " is over.",
                            "Look for the scan in the archive it came from. The result stands as it is."))
                    .value());
        } catch (PoisonRecordException e) {
            log.atWarn().setCause(e).log("Slice cannot be shown");
            throw ApiException.gone("What stands in Kafka in the slice's place is none.", "See the sink's log.");
        } catch (RetriableStageException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Slice cannot be read now");
            throw ApiException.unavailable("Kafka has not given the slice in time.", "Try again in some seconds.");
        } catch (StageException e) {
            log.atWarn().setCause(e).log("Slice cannot be read");
            throw ApiException.unavailable(
                    "The sink may not read the slice from Kafka.",
                    "Give its user the right to read " + place.topic() + "; see the sink's log.");
        }
    }

    /** A scan with every model version's result and every review, newest first. */
    record Scan(String scanId, List<ResultDetail> results, List<Review> reviews) {}
}

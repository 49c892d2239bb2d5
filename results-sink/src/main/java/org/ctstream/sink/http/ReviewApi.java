package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ctstream.schemas.avro.Label;
import org.ctstream.sink.review.Reviews;
import org.ctstream.sink.store.NewReview;
import org.ctstream.sink.store.Review;
import org.ctstream.sink.store.ReviewState;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/reviews}: takes what a reader says of a result. 201 when its label is on the topic; 202 when it is kept and
 * not there yet, or can never be, which the answer's {@code state} tells apart. The same {@code reviewId} again is the same
 * review, so that a request whose answer was lost can be sent again.
 */
final class ReviewApi {
    private static final int MAX_BODY = 16 * 1024;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final Pattern REVIEW_ID = Pattern.compile("[A-Za-z0-9-]{16,64}");

    private final Reviews reviews;
    private final Reviewer reviewer;

    ReviewApi(Reviews reviews, Reviewer reviewer) {
        this.reviews = reviews;
        this.reviewer = reviewer;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/reviews", this::take);
    }

    private void take(Context context) throws IOException {
        SameSite.check(context, reviewer.areCredentialsAsked());
        NewReview review = parse(context, reviewer.of(context));
        Optional<Review> kept = reviews.take(review);
        Review known = kept.orElseThrow(() -> ApiException.notFound(
                "No result " + review.resultId() + " is stored.", "Load the scan again and review what it shows."));
        if (!known.saysTheSameAs(review)) {
            throw ApiException.conflict(
                    "Another review has the id " + review.reviewId() + ".",
                    "Load the scan again; a new review needs an id of its own.");
        }
        ResultsApi.write(context.status(known.state() == ReviewState.PUBLISHED ? CREATED : ACCEPTED), known);
    }

    private static NewReview parse(Context context, String reviewedBy) throws IOException {
        Body body =
                JsonRequest.read(context, MAX_BODY, Body.class, "JSON with reviewId, resultId, label and perhaps note");
        String id = body.reviewId();
        if (id == null || !REVIEW_ID.matcher(id).matches()) {
            throw JsonRequest.bad("reviewId", "16 to 64 letters, digits and dashes, as a UUID");
        }
        String resultId = body.resultId();
        if (resultId == null || resultId.isEmpty() || resultId.indexOf('\0') >= 0) {
            throw JsonRequest.bad("resultId", "that of a stored result");
        }
        Label label = Arrays.stream(Label.values())
                .filter(known -> known.name().equals(body.label()))
                .findFirst()
                .orElseThrow(() -> JsonRequest.bad("label", "one of " + Arrays.toString(Label.values())));
        return new NewReview(id, resultId, label, note(body.note()), reviewedBy);
    }

    private static @Nullable String note(@Nullable String text) {
        String note = text == null ? "" : text.strip();
        if (note.length() > Review.MAX_NOTE || note.codePoints().anyMatch(ReviewApi::isNoText)) {
            throw JsonRequest.bad("note", "at most " + Review.MAX_NOTE + " characters, whole ones");
        }
        return note.isEmpty() ? null : note;
    }

    /** What PostgreSQL does not keep, or not as it was sent: the character zero, and half a pair of surrogates. */
    private static boolean isNoText(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** A review as it is sent. */
    record Body(
            @Nullable String reviewId,
            @Nullable String resultId,
            @Nullable String label,
            @Nullable String note) {}
}

package org.ctstream.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    private static final String JSON = "application/json";
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final Pattern REVIEW_ID = Pattern.compile("[A-Za-z0-9-]{16,64}");
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        checkType(context.contentType());
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

    /** Forms can send texts of three types to any site; JSON is none of them. */
    private static void checkType(@Nullable String type) {
        if (type == null || !JSON.equalsIgnoreCase(type.split(";", 2)[0].strip())) {
            throw ApiException.unsupported(
                    "This body is no " + JSON + " by its Content-Type.", "Send JSON with Content-Type: " + JSON + ".");
        }
    }

    private static NewReview parse(Context context, String reviewedBy) throws IOException {
        // One byte more than allowed tells that there is more; the rest is not read.
        byte[] bytes = context.req().getInputStream().readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw bad("a body of more than " + MAX_BODY + " bytes", "at most that");
        }
        Body body = body(bytes);
        String id = body.reviewId();
        if (id == null || !REVIEW_ID.matcher(id).matches()) {
            throw bad("reviewId", "16 to 64 letters, digits and dashes, as a UUID");
        }
        String resultId = body.resultId();
        if (resultId == null || resultId.isEmpty() || resultId.indexOf('\0') >= 0) {
            throw bad("resultId", "that of a stored result");
        }
        Label label = Arrays.stream(Label.values())
                .filter(known -> known.name().equals(body.label()))
                .findFirst()
                .orElseThrow(() -> bad("label", "one of " + Arrays.toString(Label.values())));
        return new NewReview(id, resultId, label, note(body.note()), reviewedBy);
    }

    private static @Nullable String note(@Nullable String text) {
        String note = text == null ? "" : text.strip();
        if (note.length() > Review.MAX_NOTE || note.codePoints().anyMatch(ReviewApi::isNoText)) {
            throw bad("note", "at most " + Review.MAX_NOTE + " characters, whole ones");
        }
        return note.isEmpty() ? null : note;
    }

    /** What PostgreSQL does not keep, or not as it was sent: the character zero, and half a pair of surrogates. */
    private static boolean isNoText(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static Body body(byte[] bytes) throws IOException {
        try {
            Body body = MAPPER.readValue(bytes, Body.class);
            if (body != null) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // Answered below. What it says may quote the note.
        }
        throw bad("the body", "JSON with reviewId, resultId, label and perhaps note");
    }

    private static ApiException bad(String what, String expected) {
        return ApiException.badParameter(
                "Cannot use " + what + " (expected: " + expected + ")", "Correct it and send the review again.");
    }

    /** A review as it is sent. */
    record Body(
            @Nullable String reviewId,
            @Nullable String resultId,
            @Nullable String label,
            @Nullable String note) {}
}

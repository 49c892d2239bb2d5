package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import java.util.List;
import org.ctstream.sink.store.StudyQueries;
import org.ctstream.sink.store.StudyRevision;
import org.ctstream.sink.store.StudyRow;
import org.ctstream.sink.store.StudySlice;
import org.ctstream.sink.store.StudySlicePage;
import org.jspecify.annotations.Nullable;

/** What the page reads of studies: {@code GET /api/studies} and {@code /api/studies/{studyUid}}. */
final class StudyApi {
    private final StudyQueries studies;

    StudyApi(StudyQueries studies) {
        this.studies = studies;
    }

    void addTo(RoutesConfig routes) {
        routes.get(
                "/api/studies",
                context -> ResultsApi.write(context, studies.list(StudyParameters.ofList(context.queryParamMap()))));
        routes.get(
                "/api/studies/{studyUid}",
                context -> ResultsApi.write(
                        context,
                        study(context.pathParam("studyUid"), StudyParameters.ofSlices(context.queryParamMap()))));
    }

    private Study study(String studyUid, StudyParameters.Slices wanted) {
        StudyRow row = (studyUid.indexOf('\0') < 0 ? studies.find(studyUid).orElse(null) : null);
        if (row == null) {
            throw ApiException.notFound(
                    "No result is known of study " + studyUid + ".",
                    "The first one comes study.provisional.ms after its first slice, or with its first positive one.");
        }
        StudySlicePage page = wanted.limit() == 0
                ? new StudySlicePage(List.of(), null)
                : studies.slices(studyUid, wanted.after(), wanted.limit());
        return new Study(row.study(), row.published(), page.slices(), page.next());
    }

    /**
     * A study with some of its slices, in the order received.
     *
     * @param slices as they are stored now, which may be more than {@code study} counts
     * @param next what to pass as {@code after} for the slices that follow; null if none do
     */
    record Study(
            StudyRevision study,
            boolean published,
            List<StudySlice> slices,
            @Nullable String next) {
        Study {
            slices = List.copyOf(slices);
        }
    }
}

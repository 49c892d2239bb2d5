-- Studies: results whose study_uid is the same. One SQL set for PostgreSQL and for H2 in its PostgreSQL mode.

-- A study is always rolled up from its results, never counted up; this index finds them.
CREATE INDEX result_by_study ON result (study_uid, scan_id, stored_at, result_id);

-- One row per study, changed in the transactions that store its results: short, and never held while anything is sent.
CREATE TABLE study (
    study_uid        VARCHAR(256)             NOT NULL PRIMARY KEY,
    first_slice_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    last_slice_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    -- How many polls have brought results of it; and the newest of them that brought a positive one, 0 if none did.
    changes          BIGINT                   NOT NULL,
    positive_changes BIGINT                   NOT NULL,
    -- Whether a positive result would change what is said of it, so that it must not wait for its turn.
    watched          BOOLEAN                  NOT NULL,
    -- When to look whether the next revision is due; null while nothing can become due by itself.
    due_at           TIMESTAMP WITH TIME ZONE
);

CREATE INDEX study_due ON study (due_at, study_uid);

-- The newest revision of each study as it is on ct.study.classified, or as it will be: kept first, then published.
CREATE TABLE study_result (
    study_uid              VARCHAR(256)             NOT NULL PRIMARY KEY,
    revision               INTEGER                  NOT NULL,
    state                  VARCHAR(16)              NOT NULL,
    complete               BOOLEAN                  NOT NULL,
    label                  VARCHAR(16)              NOT NULL,
    positive_slices        INTEGER                  NOT NULL,
    negative_slices        INTEGER                  NOT NULL,
    indeterminate_slices   INTEGER                  NOT NULL,
    positive_slices_needed INTEGER                  NOT NULL,
    worst_scan_id          VARCHAR(256)             NOT NULL,
    worst_result_id        VARCHAR(128)             NOT NULL,
    worst_label            VARCHAR(16)              NOT NULL,
    worst_probability      DOUBLE PRECISION         NOT NULL,
    mean_probability       DOUBLE PRECISION         NOT NULL,
    model_trained          BOOLEAN                  NOT NULL,
    -- JSON arrays of text, bounded where they are made.
    models                 VARCHAR(65536)           NOT NULL,
    sources                VARCHAR(65536)           NOT NULL,
    priority               VARCHAR(16)              NOT NULL,
    first_received_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    first_slice_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    last_slice_at          TIMESTAMP WITH TIME ZONE NOT NULL,
    rolled_up_at           TIMESTAMP WITH TIME ZONE NOT NULL,
    -- The study's changes that this revision knows of.
    changes                BIGINT                   NOT NULL,
    published              BOOLEAN                  NOT NULL,
    tried_at               TIMESTAMP WITH TIME ZONE NOT NULL,
    published_partition    INTEGER,
    published_offset       BIGINT
);

CREATE INDEX study_result_pending ON study_result (published, tried_at, study_uid);
CREATE INDEX study_result_list ON study_result (first_slice_at DESC, study_uid DESC, label, state);
CREATE INDEX study_result_label ON study_result (label DESC, first_slice_at DESC, study_uid DESC, state);

-- Studies of results that earlier versions stored. They have been quiet long since, so each becomes one final revision:
-- no positive slice of theirs is news.
INSERT INTO study (study_uid, first_slice_at, last_slice_at, changes, positive_changes, watched, due_at)
    SELECT study_uid, MIN(stored_at), MAX(stored_at), 1, 0, TRUE, MAX(stored_at)
    FROM result WHERE study_uid IS NOT NULL GROUP BY study_uid;

-- One SQL set for PostgreSQL and for H2 in its PostgreSQL mode. Columns are named as the fields of ScanClassified.

CREATE TABLE result (
    result_id             VARCHAR(128)             NOT NULL PRIMARY KEY,
    scan_id               VARCHAR(256)             NOT NULL,
    study_uid             VARCHAR(256),
    series_uid            VARCHAR(256),
    instance_uid          VARCHAR(256),
    patient_ref           VARCHAR(256),
    source                VARCHAR(256)             NOT NULL,
    priority              VARCHAR(16)              NOT NULL,
    source_digest         VARCHAR(128)             NOT NULL,
    preprocessing_version VARCHAR(64)              NOT NULL,
    label                 VARCHAR(16)              NOT NULL,
    probability           DOUBLE PRECISION         NOT NULL,
    threshold             DOUBLE PRECISION         NOT NULL,
    indeterminate_reason  VARCHAR(1024),
    model_name            VARCHAR(256)             NOT NULL,
    model_version         VARCHAR(128)             NOT NULL,
    model_digest          VARCHAR(128)             NOT NULL,
    model_trained         BOOLEAN                  NOT NULL,
    engine                VARCHAR(64)              NOT NULL,
    device                VARCHAR(64)              NOT NULL,
    worker                VARCHAR(256)             NOT NULL,
    heatmap_rows          INTEGER,
    heatmap_columns       INTEGER,
    -- IEEE 754 single precision, big-endian, row-major; null where the result has no heatmap.
    heatmap_values        BYTEA,
    acquired_at           TIMESTAMP WITH TIME ZONE,
    received_at           TIMESTAMP WITH TIME ZONE NOT NULL,
    normalized_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    classified_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    stored_at             TIMESTAMP WITH TIME ZONE NOT NULL,
    -- PostgreSQL orders NaN above every number, so that these refuse it too.
    CONSTRAINT probability_in_unit_interval CHECK (probability >= 0 AND probability <= 1),
    CONSTRAINT threshold_in_unit_interval CHECK (threshold >= 0 AND threshold <= 1)
);

CREATE INDEX result_by_scan ON result (scan_id, stored_at, result_id);
CREATE INDEX result_by_time ON result (stored_at, result_id);
CREATE INDEX result_by_label ON result (label, stored_at, result_id);

-- One row per positive result. The origin is the record that first stored the result: its alert travels with that
-- record's offset and with no other.
CREATE TABLE alert (
    result_id        VARCHAR(128)             NOT NULL PRIMARY KEY REFERENCES result (result_id),
    origin_topic     VARCHAR(249)             NOT NULL,
    origin_partition INTEGER                  NOT NULL,
    origin_offset    BIGINT                   NOT NULL,
    alerted_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    published        BOOLEAN                  NOT NULL
);

CREATE INDEX alert_by_origin ON alert (published, origin_topic, origin_partition, origin_offset);

-- Records that could not become a result; the records themselves are on the dead-letter topic.
CREATE TABLE dead_letter (
    origin_topic     VARCHAR(249)             NOT NULL,
    origin_partition INTEGER                  NOT NULL,
    origin_offset    BIGINT                   NOT NULL,
    reason           VARCHAR(64)              NOT NULL,
    dead_lettered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (origin_topic, origin_partition, origin_offset)
);

-- Up to where this database holds a consumer group's topic: the offset of the next record to read.
CREATE TABLE consumed_offset (
    group_id     VARCHAR(249)             NOT NULL,
    topic        VARCHAR(249)             NOT NULL,
    partition_id INTEGER                  NOT NULL,
    next_offset  BIGINT                   NOT NULL,
    redelivered  BIGINT                   NOT NULL,
    updated_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (group_id, topic, partition_id)
);

-- Embeddings of stored results. One SQL set for PostgreSQL and for H2 in its PostgreSQL mode.

-- A table of its own: the rows that lists and indexes read stay slim, and a result without an embedding has no row here.
CREATE TABLE embedding (
    result_id    VARCHAR(128) NOT NULL PRIMARY KEY REFERENCES result (result_id),
    -- Only embeddings of the same weights can be compared.
    model_digest VARCHAR(128) NOT NULL,
    -- As ScanClassified has it: one signed byte a value, of which only the direction counts.
    value_bytes  BYTEA        NOT NULL,
    CONSTRAINT embedding_is_bounded CHECK (OCTET_LENGTH(value_bytes) BETWEEN 1 AND 4096)
);

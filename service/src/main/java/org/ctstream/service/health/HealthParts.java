package org.ctstream.service.health;

/**
 * Names of the parts on {@code /readyz} that more than one class or service speaks of. Each part has one owner who says
 * whether it works: what a service's own loop finds out is told apart from what the watch of its dependencies finds out,
 * so that neither takes back what the other has said.
 */
public final class HealthParts {
    /** The service's own clients: member of its group, able to read. */
    public static final String KAFKA = "kafka";
    /** Results and offsets can be published. */
    public static final String KAFKA_PUBLISH = "kafka-publish";
    /** Topics are there, schemas are registered. */
    public static final String TOPICS_AND_SCHEMAS = "topics-and-schemas";
    /** Records can be decoded. */
    public static final String SCHEMA_REGISTRY = "schema-registry";
    /** Results can be stored. */
    public static final String DATABASE = "database";
    /** The network can be computed. */
    public static final String ENGINE = "engine";
    /** The service was told to stop. */
    public static final String LIFECYCLE = "lifecycle";

    /** A broker answers, as the watch sees it. */
    public static final String BROKER_REACHABLE = "kafka-reachable";
    /** The schema registry answers, as the watch sees it. */
    public static final String REGISTRY_REACHABLE = "schema-registry-reachable";
    /** The database answers, as the watch sees it. */
    public static final String DATABASE_REACHABLE = "database-reachable";
    /** The model store has releases, as the watch sees it: a note, for a service goes on with the release it has. */
    public static final String MODEL_STORE = "model-store";

    private HealthParts() {}
}

package org.ctstream.service.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;

/**
 * The least rights with which each user can do its work, for topics, groups and ids with their default names. This is the
 * one list: the embedded stack's ACLs, {@code deploy/security/acls.sh} and the table in {@code docs/security.md} come
 * from it. Whoever has no right here has none; the broker's own user is not among them, it may do everything.
 */
public final class Rights {
    /** How every topic of ctstream begins. */
    public static final String TOPICS = "ct.";

    /** How every group of ctstream begins. */
    public static final String GROUPS = "ctstream-";

    private static final String INGEST = "ctstream-ingest";
    private static final String WORKER = "ctstream-inference-worker";
    private static final String SINK = "ctstream-results-sink";
    private static final String REDRIVE = "ctstream-redrive";

    private Rights() {}

    /** Every right of every user, user by user. */
    public static List<Right> all() {
        var all = new ArrayList<Right>();
        for (UserRights user : List.of(publisher(), gateway(), ingest(), worker(), sink(), trainer(), operator())) {
            all.addAll(user.list());
        }
        return List.copyOf(all);
    }

    private static UserRights publisher() {
        return new UserRights(ServiceUser.PUBLISHER)
                .topics(of(ScanReceived.class), "sends scans, and asks how large one may be", WRITE, DESCRIBE_CONFIGS)
                .topics(of(ScanLabeled.class), "sends labels, and asks how large one may be", WRITE, DESCRIBE_CONFIGS);
    }

    private static UserRights gateway() {
        return service(ServiceUser.GATEWAY)
                .topics(of(ScanReceived.class), "sends scans, and asks how large one may be", WRITE, DESCRIBE_CONFIGS);
    }

    private static UserRights ingest() {
        return service(ServiceUser.INGEST)
                .read(of(ScanReceived.class), "reads scans")
                .write(of(ScanNormalized.class), "writes slices")
                .write(deadLetters(ScanReceived.class), "writes dead letters")
                .join(INGEST, "its Streams application")
                .join(INGEST + "-stat", "its Streams application for STAT scans")
                .transactions(PatternType.PREFIXED, INGEST + "-", "one per instance and thread");
    }

    private static UserRights worker() {
        return service(ServiceUser.WORKER)
                .read(of(ScanNormalized.class), "reads slices")
                .read(of(ModelReleased.class), "learns which release to serve")
                .write(of(ScanClassified.class), "writes results")
                .write(deadLetters(ScanNormalized.class), "writes dead letters")
                .join(WORKER, "its group with exactly-once delivery")
                .join(WORKER + "-stat", "its group for STAT scans with exactly-once delivery")
                .join(WORKER + "-queue", "its share group in queue mode")
                .join(WORKER + "-queue-stat", "its share group for STAT scans in queue mode")
                .add(
                        ResourceType.GROUP,
                        PatternType.PREFIXED,
                        WORKER + "-queue",
                        "sets its share groups' lock time and delivery limit",
                        ALTER_CONFIGS,
                        DESCRIBE_CONFIGS)
                .transactions(PatternType.PREFIXED, WORKER + "-", "one per instance");
    }

    private static UserRights sink() {
        return service(ServiceUser.SINK)
                .read(of(ScanClassified.class), "reads results")
                .read(of(ScanReceived.class), "reads the original of a scan that is reviewed")
                .read(of(ScanNormalized.class), "reads the slice of a scan that somebody looks at")
                .topics(of(ModelReleased.class), "shows releases, and promotes for the page's operators", READ, WRITE)
                .read(of(ModelAssessed.class), "shows how candidates did in shadow, and may ask for that")
                .read(allDeadLetters(), "shows dead letters by cause")
                .write(of(ScanAlerted.class), "writes alerts")
                .write(of(ScanLabeled.class), "writes the labels of reviews")
                .write(of(StudyClassified.class), "writes what its slices come to for a study")
                .write(deadLetters(ScanClassified.class), "writes dead letters")
                .join(SINK, "its group")
                .add(ResourceType.GROUP, PatternType.PREFIXED, GROUPS, "shows lag", DESCRIBE)
                .transactions(PatternType.PREFIXED, SINK + "-", "one per instance");
    }

    private static UserRights trainer() {
        return service(ServiceUser.TRAINER)
                .read(of(ScanLabeled.class), "reads labels")
                .write(deadLetters(ScanLabeled.class), "writes dead letters")
                .topics(of(ModelReleased.class), "announces candidates, and promotes if told to", READ, WRITE);
    }

    private static UserRights operator() {
        return new UserRights(ServiceUser.OPERATOR)
                .add(
                        ResourceType.TOPIC,
                        PatternType.PREFIXED,
                        TOPICS,
                        "creates, inspects and configures topics; reads dead letters; follows a scan",
                        READ,
                        CREATE,
                        DESCRIBE,
                        ALTER,
                        ALTER_CONFIGS,
                        DESCRIBE_CONFIGS)
                .write(of(ModelReleased.class), "announces, promotes and retires releases")
                .write(of(ModelAssessed.class), "publishes how a candidate did in shadow")
                .write(redriven(), "sends dead letters back")
                .add(ResourceType.TOPIC, PatternType.PREFIXED, TOPICS + "audit.", "says who sent back what", WRITE)
                .transactions(PatternType.LITERAL, REDRIVE, "sends back and says so in one step")
                .add(
                        ResourceType.GROUP,
                        PatternType.PREFIXED,
                        GROUPS,
                        "sees lag; configures share groups",
                        DESCRIBE,
                        DESCRIBE_CONFIGS,
                        ALTER_CONFIGS)
                .cluster("sees the cluster's nodes, groups and features", DESCRIBE);
    }

    /** At its start every service checks that all topics are there. */
    private static UserRights service(ServiceUser user) {
        return new UserRights(user)
                .add(
                        ResourceType.TOPIC,
                        PatternType.PREFIXED,
                        TOPICS,
                        "checks at the start that all topics are there",
                        DESCRIBE);
    }

    private static List<String> of(Class<? extends SpecificRecord> record) {
        return topics(record).map(Topic::topicName).toList();
    }

    private static List<String> deadLetters(Class<? extends SpecificRecord> record) {
        return topics(record)
                .flatMap(topic -> topic.deadLetter().stream())
                .map(TopicSpec::name)
                .toList();
    }

    private static List<String> allDeadLetters() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> topic.deadLetter().stream())
                .map(TopicSpec::name)
                .toList();
    }

    private static List<String> redriven() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.deadLetter().isPresent())
                .map(Topic::topicName)
                .toList();
    }

    private static Stream<Topic> topics(Class<? extends SpecificRecord> record) {
        return Arrays.stream(Topic.values()).filter(topic -> topic.recordClass().equals(record));
    }
}

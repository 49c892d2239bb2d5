package org.ctstream.service.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/** Creates the catalogue's topics where they are missing. Topics that exist are left as their operator set them. */
public final class TopicCreator {
    private final Admin admin;
    private final int partitions;
    private final short replicationFactor;

    /**
     * @param partitions partitions of the scan topics; 0 takes the catalogue's number
     * @param replicationFactor -1 takes the broker's default
     */
    public TopicCreator(Admin admin, int partitions, int replicationFactor) {
        this.admin = admin;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
    }

    /**
     * Creates those of the topics that are missing, and returns their names.
     *
     * @throws StageException retriable if no broker answers, fatal if we may not create topics
     */
    public Set<String> createMissing(List<TopicSpec> specs) {
        var missing = new ArrayList<NewTopic>();
        Set<String> existing = existing();
        for (TopicSpec spec : specs) {
            if (!existing.contains(spec.name())) {
                missing.add(newTopic(spec));
            }
        }
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                created.get();
            } catch (ExecutionException e) {
                // Several services start at once and each tries: whoever comes second finds it done.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw Failures.of(Stage.DESERIALIZE, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return missing.stream().map(NewTopic::name).collect(Collectors.toSet());
    }

    /**
     * Checks that all of the topics exist.
     *
     * @throws StageException fatal if one is missing, naming it; retriable if no broker answers
     */
    public void requireAll(List<TopicSpec> specs) {
        Set<String> existing = existing();
        List<String> missing = specs.stream()
                .map(TopicSpec::name)
                .filter(name -> !existing.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Topics are missing: " + missing + " (expected: created by an administrator, for example with "
                            + "\"ctstream topics create\", or topics.create=true; on a cluster with ACLs, topics a user may not"
                            + " describe are missing to it too, see \"ctstream access list\")",
                    null);
        }
    }

    private NewTopic newTopic(TopicSpec spec) {
        // One partition in the catalogue is a matter of order, not of load, and stays one.
        int count = partitions == 0 || spec.partitions() == 1 ? spec.partitions() : partitions;
        Optional<Short> replicas = replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor);
        return new NewTopic(spec.name(), Optional.of(count), replicas).configs(Map.copyOf(spec.configs()));
    }

    private Set<String> existing() {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StageException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FatalStageException(Stage.DESERIALIZE, "Interrupted while preparing topics", e);
    }
}

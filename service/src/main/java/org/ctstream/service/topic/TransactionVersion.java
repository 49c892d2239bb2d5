package org.ctstream.service.topic;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/**
 * Refuses a cluster whose transactions are not those of KIP-890. Below {@code transaction.version} 2 a producer keeps its
 * epoch from one transaction to the next, so that a write which was delayed in the network can end up in a later
 * transaction, or leave one open for ever: results could be published that belong to no committed offset.
 *
 * @see "KIP-890: Transactions Server-Side Defense"
 */
public final class TransactionVersion implements ClusterCheck {
    private static final String FEATURE = "transaction.version";
    private static final short LEAST = 2;

    /** What wants to work exactly once, and what else the operator may do, if anything. */
    private final String service;

    private final String alternative;

    /** @param service whose start is refused, for the message */
    public TransactionVersion(String service) {
        this(service, "");
    }

    /** @param alternative what else can be done about it, as a clause that begins with "or"; may be empty */
    public TransactionVersion(String service, String alternative) {
        this.service = service;
        this.alternative = alternative.isEmpty() ? "" : ", " + alternative;
    }

    /** @throws FatalStageException if the cluster's finalized level is below 2, or it has none */
    @Override
    public void check(Admin admin) {
        FeatureMetadata features = features(admin);
        FinalizedVersionRange finalized = features.finalizedFeatures().get(FEATURE);
        int level = finalized == null ? 0 : finalized.maxVersionLevel();
        if (level < LEAST) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Cannot run " + service + " exactly once on this cluster: its " + FEATURE + " is " + level
                            + " (expected: " + LEAST
                            + " or more). Below that a delayed write of one transaction can end up"
                            + " in the next one (KIP-890), and a result could be there twice or without its offset. "
                            + remedy(features),
                    null);
        }
    }

    private String remedy(FeatureMetadata features) {
        SupportedVersionRange supported = features.supportedFeatures().get(FEATURE);
        String upgrade = "\"kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature " + FEATURE + "=" + LEAST
                + "\", once and while it runs";
        return supported != null && supported.maxVersion() >= LEAST
                ? "The brokers can do it: have an administrator run " + upgrade + alternative + "."
                : "The brokers cannot do it: upgrade all of them to Kafka 4.0 or newer, then run " + upgrade
                        + alternative + ".";
    }

    private static FeatureMetadata features(Admin admin) {
        try {
            return admin.describeFeatures().featureMetadata().get();
        } catch (ExecutionException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.DESERIALIZE, "Interrupted while asking for the cluster's features", e);
        }
    }
}

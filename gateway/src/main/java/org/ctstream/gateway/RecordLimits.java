package org.ctstream.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.topic.ClusterCheck;

/** Asks the cluster how large a record may be there, for operators change it; a step of the preparation. */
final class RecordLimits implements ClusterCheck {
    private volatile int maxRecordBytes = largestEverywhere();

    /** The largest record that both lanes take; the catalogue's until the cluster has been asked. */
    int maxRecordBytes() {
        return maxRecordBytes;
    }

    @Override
    public void check(Admin admin) {
        List<ConfigResource> topics = Arrays.stream(Lane.values())
                .map(Lane::received)
                .map(Topic::topicName)
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try {
            if (admin.listTopics()
                    .names()
                    .get()
                    .containsAll(topics.stream().map(ConfigResource::name).toList())) {
                Map<ConfigResource, Config> configs =
                        admin.describeConfigs(topics).all().get();
                maxRecordBytes = configs.values().stream()
                        .mapToInt(RecordLimits::maxMessageBytes)
                        .min()
                        .orElseGet(RecordLimits::largestEverywhere);
            }
        } catch (ExecutionException e) {
            throw Failures.of(Stage.STORE, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.STORE, "Interrupted while asking for the limits of topics", e);
        }
    }

    private static int maxMessageBytes(Config config) {
        ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return entry == null || entry.value() == null ? largestEverywhere() : Integer.parseInt(entry.value());
    }

    private static int largestEverywhere() {
        return Arrays.stream(Lane.values())
                .mapToInt(lane -> lane.received().spec().maxMessageBytes())
                .min()
                .orElseThrow();
    }
}

package org.ctstream.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.BrokerMode;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.DatasetSettings;
import org.ctstream.trainer.dataset.DatasetStore;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.LabelTopic;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From lists through the command and the topic to the trainer's data set, on a real broker and a real registry. */
class PublishLabeledIT {
    private static final String LETTERS = Topic.SCAN_LABELED.topicName() + Topic.DEAD_LETTER_SUFFIX;

    @TempDir
    private Path folder;

    private EmbeddedStack stack;

    @BeforeEach
    void start() {
        stack = EmbeddedStack.start(
                EmbeddedStackSettings.in(folder.resolve("stack")).withBrokerMode(BrokerMode.IN_THIS_JVM));
        Preparation.prepare(ServiceConfig.of(
                "it",
                CommonKeys.def(0),
                Map.of(
                        CommonKeys.BOOTSTRAP_SERVERS,
                        stack.bootstrapServers(),
                        CommonKeys.SCHEMA_REGISTRY_URL,
                        stack.registryUrl())));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void listsBecomeTheDatasetTheyAreWithoutKafkaAndEveryRowIsAccountedFor() throws Exception {
        Path train = list("train.csv", 0, 1, 2, 3, 4, 5);
        Path validation = list("val.csv", 6, 7);

        CliRun first = publish(train, "train");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCodes.OK);
        assertThat(first.out()).contains("Published 6 of 6", "3 positive, 3 negative");
        assertThat(publish(validation, "validation").exitCode()).isEqualTo(ExitCodes.OK);
        Dataset once = materialise();
        // Publishing again is no second image.
        assertThat(publish(train, "train").exitCode()).isEqualTo(ExitCodes.OK);

        Dataset dataset = materialise();
        Dataset ofLists = Datasets.fromCsv(
                Map.of(Split.TRAIN, List.of(train), Split.VALIDATION, List.of(validation)), folder.resolve("cache"));
        assertThat(dataset.fingerprint()).isEqualTo(ofLists.fingerprint()).isEqualTo(once.fingerprint());
        assertThat(dataset.images(Split.TRAIN))
                .hasSize(6)
                .allSatisfy(image -> assertThat(image.origin()).isEqualTo("lists"));
        assertThat(dataset.labelOffsets().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(14);
    }

    @Test
    void badRowsAreRefusedByNameOfLineWithAFailureExitCodeAndTheRestIsPublished() throws Exception {
        Path list = list("train.csv", 0, 1);
        Files.writeString(list, Files.readString(list) + "images/0.png,perhaps\nimages/gone.png,1\n../secret.png,1\n");
        Files.writeString(folder.resolve("secret.png"), "secret");

        CliRun run = publish(list, "train");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.out()).contains("Published 2 of 5", "refused 3");
        assertThat(run.err())
                .contains("Refused train.csv:4: label", "Refused train.csv:5: path", "Refused train.csv:6: path")
                .contains("--allow-outside")
                .doesNotContain("gone.png", "\tat ");
    }

    @Test
    void correctedLabelWinsUndecodableImageBecomesADeadLetterAndAWithdrawnListIsForgotten() throws Exception {
        Path list = list("train.csv", 0, 1, 2);
        publish(list, "train");
        Files.writeString(list, Files.readString(list).replace("images/0.png,COVID", "images/0.png,NON_COVID"));
        Files.write(folder.resolve("lists/images/bad.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});
        Files.writeString(list, Files.readString(list) + "images/bad.png,1\n");

        assertThat(publish(list, "train").exitCode()).isEqualTo(ExitCodes.OK);
        Dataset dataset = materialise();

        assertThat(dataset.statistics(Split.TRAIN).positives()).isEqualTo(1);
        assertThat(dataset.statistics(Split.TRAIN).negatives()).isEqualTo(2);
        assertThat(dataset.rejected()).hasSize(1);
        var letters = new ArrayList<String>();
        CommittedRecords.read(connection(), List.of(LETTERS), letter -> letters.add(new String(letter.key(), UTF_8)));
        assertThat(letters).containsExactly(dataset.rejected().get(0).source());

        assertThat(publish(list, "train", "--withdraw").out()).contains("Withdrew 4 of 4");
        assertThat(materialise().images(Split.TRAIN)).isEmpty();
    }

    @Test
    void imagePublishedForTrainingAndTestingIsRefusedByTheTrainer() throws Exception {
        publish(list("train.csv", 0, 1, 2), "train");
        Path test = list("test.csv", 2, 3);
        publish(test, "TEST");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::materialise)
                .withMessageContainingAll("labeled-train-", "labeled-test-", "--withdraw");

        publish(list("overlap.csv", 2), "test", "--withdraw");
        assertThat(materialise().images(Split.TEST)).hasSize(1);
    }

    @Test
    void absentListUnknownSplitAndBlankOriginAreUsageErrors() throws Exception {
        assertThat(publish(folder.resolve("no.csv"), "train").exitCode()).isEqualTo(ExitCodes.USAGE);
        Path list = list("train.csv", 0);
        assertThat(publish(list, "practice").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(publish(list, "train", "--origin", " ").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    private CliRun publish(Path list, String split, String... more) {
        var arguments = new ArrayList<>(List.of(
                "publish-labeled",
                list.toString(),
                "--split",
                split,
                "--progress",
                "none",
                "--bootstrap-server",
                stack.bootstrapServers(),
                "--registry",
                stack.registryUrl()));
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    private Dataset materialise() {
        Connection connection = connection();
        var topic = new LabelTopic(
                connection.consumer(), connection.producer(), connection.admin(), connection.serializers());
        return new DatasetStore(folder.resolve("data"), DatasetSettings.DEFAULTS).materialise(topic);
    }

    private Connection connection() {
        return Connection.plain(stack.bootstrapServers(), stack.registryUrl());
    }

    /** A list of phantoms below {@code lists/}; even seeds are positive. */
    private Path list(String name, int... seeds) throws IOException {
        Path lists = Files.createDirectories(folder.resolve("lists"));
        Path images = Files.createDirectories(lists.resolve("images"));
        var text = new StringBuilder("path,label\n");
        for (int seed : seeds) {
            boolean positive = seed % 2 == 0;
            Files.write(
                    images.resolve(seed + ".png"),
                    new PhantomSlices(96).generate(seed, positive).toPng());
            text.append("images/").append(seed).append(positive ? ".png,COVID\n" : ".png,NON_COVID\n");
        }
        return Files.writeString(lists.resolve(name), text);
    }
}

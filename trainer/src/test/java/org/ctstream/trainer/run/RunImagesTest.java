package org.ctstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.TestSlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunImagesTest {
    private static final Map<String, Long> THEN = Map.of("0", 5L);
    private static final Map<String, Long> NOW = Map.of("0", 9L);

    @TempDir
    private Path folder;

    @Test
    void aRunFromTheTopicKeepsToTheImagesItWasBegunWith() throws IOException {
        Dataset all = images();
        List<LabeledImage> few = all.images(Split.TRAIN).subList(0, 3);
        Dataset begun = all.earlier(few, THEN);
        RunImages.write(folder, begun);

        Dataset resumed = RunImages.forRun(folder, all.earlier(everything(all), NOW));

        assertThat(resumed.fingerprint()).isEqualTo(begun.fingerprint());
        assertThat(resumed.labelOffsets()).isEqualTo(THEN);
    }

    @Test
    void aRunFromListsTakesTheListsAsTheyAre() throws IOException {
        Dataset all = images();
        RunImages.write(folder, all.earlier(all.images(Split.TRAIN).subList(0, 3), THEN));

        assertThat(RunImages.forRun(folder, all)).isSameAs(all);
    }

    @Test
    void anImageThatIsATestImageByNowEndsTheRun() throws IOException {
        Dataset all = images();
        LabeledImage image = all.images(Split.TRAIN).get(0);
        RunImages.write(folder, all.earlier(List.of(image), THEN));
        Dataset now = all.earlier(
                List.of(new LabeledImage(image.digest(), image.positive(), Split.TEST, image.origin())), NOW);

        assertThatThrownBy(() -> RunImages.forRun(folder, now))
                .isInstanceOf(RunException.class)
                .hasMessageContaining(image.digest())
                .hasMessageContaining("test images");
    }

    private Dataset images() throws IOException {
        return TestSlices.of(folder.resolve("images"), 3, 2);
    }

    private static List<LabeledImage> everything(Dataset dataset) {
        List<LabeledImage> all = new ArrayList<>();
        for (Split split : Split.values()) {
            all.addAll(dataset.images(split));
        }
        return all;
    }
}

package org.ctstream.sink.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide shows what is compiled and run. */
class AlertsGuideTest {
    /** Surefire runs in the module's folder. */
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theGuideShowsTheJavaExampleThatIsRun() throws Exception {
        String source = Files.readString(Path.of("src/test/java/org/ctstream/sink/example/AlertConsumerExample.java"));
        String example = source.substring(source.indexOf("// begin\n") + 9, source.indexOf("        // end"))
                .lines()
                .map(line -> line.substring(8))
                .collect(Collectors.joining("\n"));

        assertThat(guide()).contains("```java\n" + example + "\n```");
    }

    @Test
    void theGuideShowsThePythonExampleThatIsRun() throws Exception {
        assertThat(guide()).contains("```python\n" + Files.readString(DOCS.resolve("examples/alerts.py")) + "```");
    }

    private static String guide() throws Exception {
        return Files.readString(DOCS.resolve("guide-alerts.md"));
    }
}

package org.ctstream.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    /** Surefire runs in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /** To write the page anew: {@code mvn -pl cli -am test -Dtest=ConfigurationReferenceTest -Dctstream.docs.write=true}. */
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String generated = ConfigurationReference.markdown();
        if (Boolean.getBoolean("ctstream.docs.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE).hasContent(generated);
    }
}

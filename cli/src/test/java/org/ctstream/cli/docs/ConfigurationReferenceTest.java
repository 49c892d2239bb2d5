package org.ctstream.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    /** Surefire runs in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /**
     * To write the page anew: {@code mvn -pl cli -am test -Dtest=ConfigurationReferenceTest
     * -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dctstream.docs.write=true}.
     */
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String generated = ConfigurationReference.markdown();
        if (Boolean.getBoolean("ctstream.docs.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE).hasContent(generated);
    }

    @Test
    void pageIsTheSameWhereverItIsMade() {
        TimeZone here = TimeZone.getDefault();
        String page = ConfigurationReference.markdown();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            assertThat(ConfigurationReference.markdown()).isEqualTo(page).doesNotContain("Chatham");
        } finally {
            TimeZone.setDefault(here);
        }
    }
}

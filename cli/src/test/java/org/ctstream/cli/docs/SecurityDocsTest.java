package org.ctstream.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliRun;
import org.junit.jupiter.api.Test;

/**
 * The rights are in one place in the code; what people read and run is what the code says. {@code -Dctstream.docs.write=true}
 * writes both anew.
 */
class SecurityDocsTest {
    private static final Path ROOT = Path.of("..");
    private static final String BEGIN = "<!-- rights: written by \"ctstream access list\" -->\n";
    private static final String END = "<!-- end of rights -->";

    @Test
    void tableOfRightsIsTheOneOfTheCode() throws IOException {
        Path page = ROOT.resolve("docs/security.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String table = CliRun.of("access", "list").out();
        if (Boolean.getBoolean("ctstream.docs.write")) {
            Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
        }

        assertThat(Files.readString(page)).contains(BEGIN + table + END);
    }

    @Test
    void scriptForKafkasToolIsTheOneOfTheCode() throws IOException {
        Path script = ROOT.resolve("deploy/security/acls.sh");
        String wanted = CliRun.of("access", "script").out();
        if (Boolean.getBoolean("ctstream.docs.write")) {
            Files.writeString(script, wanted);
        }

        assertThat(script).hasContent(wanted);
        assertThat(Files.isExecutable(script)).isTrue();
    }
}

package org.ctstream.schemas.evolution;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.ctstream.schemas.registry.SchemaText;
import org.ctstream.schemas.topic.Topic;

/**
 * The schemas of released versions: {@code src/test/resources/released/<version>/<record>.avsc}, each complete in
 * itself. {@link #main} freezes the current ones for a release; frozen files are never edited.
 */
final class ReleasedSchemas {
    private static final String FOLDER = "released";

    private ReleasedSchemas() {}

    /** One schema of one release. */
    record Released(String version, String record, Schema schema) {
        @Override
        public String toString() {
            return record + " of " + version;
        }
    }

    static List<Released> all() throws IOException {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .map(ReleasedSchemas::read)
                    .toList();
        }
    }

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(ReleasedSchemas.class.getResource("/" + FOLDER))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Released read(Path file) {
        String version = root().relativize(file).getName(0).toString();
        String record = String.valueOf(file.getFileName()).replace(".avsc", "");
        try {
            return new Released(version, record, new Schema.Parser().parse(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the current schemas to the folder given, which must not exist yet. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (Files.exists(folder)) {
            throw new IOException(folder + " exists: a release is frozen once");
        }
        Files.createDirectories(folder);
        for (Topic topic : Topic.values()) {
            Schema schema = topic.schema();
            Files.writeString(
                    folder.resolve(schema.getName() + ".avsc"),
                    new ObjectMapper().readTree(SchemaText.of(schema)).toPrettyString() + "\n");
        }
    }
}

package org.ctstream.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** BACKWARD_TRANSITIVE: the current schemas read what any released version wrote. */
class SchemaEvolutionTest {
    static Stream<ReleasedSchemas.Released> released() throws IOException {
        return ReleasedSchemas.all().stream();
    }

    @ParameterizedTest
    @MethodSource("released")
    void currentSchemaReadsWhatTheReleaseWrote(ReleasedSchemas.Released released) {
        assertThat(incompatibilities(current(released.record()), released.schema()))
                .as("BACKWARD_TRANSITIVE: %s", released)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicHasAReleasedSchemaToBeComparedWith(Topic topic) throws IOException {
        assertThat(ReleasedSchemas.all())
                .extracting(ReleasedSchemas.Released::record)
                .contains(topic.schema().getName());
    }

    @Test
    void everyReleaseHasFrozenEachOfItsRecordsOnce() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (ReleasedSchemas.Released released : ReleasedSchemas.all()) {
            assertThat(seen.add(released.toString())).as(released.toString()).isTrue();
            assertThat(released.schema().getName()).isEqualTo(released.record());
        }
    }

    @Test
    void fieldAddedWithoutADefaultIsDetected() {
        Schema current = current("ScanReceived");
        Schema changed = new Schema.Parser()
                .parse(current.toString()
                        .replace(
                                "{\"name\":\"source\",",
                                "{\"name\":\"bodyPart\",\"type\":\"string\"},{\"name\":\"source\","));

        assertThat(changed.getField("bodyPart")).isNotNull();
        assertThat(incompatibilities(changed, current)).anyMatch(text -> text.contains("bodyPart"));
    }

    @Test
    void removedEnumSymbolWithoutADefaultIsDetected() {
        Schema writer = new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}");
        Schema reader = new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");

        assertThat(incompatibilities(reader, writer)).isNotEmpty();
    }

    @Test
    void changedTypeIsDetected() {
        Schema current = current("ScanNormalized");
        Schema changed = new Schema.Parser()
                .parse(current.toString()
                        .replace("{\"name\":\"height\",\"type\":\"int\"", "{\"name\":\"height\",\"type\":\"boolean\""));

        assertThat(incompatibilities(changed, current)).isNotEmpty();
    }

    private static Schema current(String record) {
        return Stream.of(Topic.values())
                .map(Topic::schema)
                .filter(schema -> schema.getName().equals(record))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Released record " + record + " is gone from the catalogue"));
    }

    private static List<String> incompatibilities(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
                ? List.of()
                : result.getIncompatibilities().stream()
                        .map(i -> i.getType() + " at " + i.getLocation() + ": " + i.getMessage())
                        .toList();
    }
}

package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;

/** Records written by another version of ctstream than this one. */
class EvolvedRecordTest {
    private static final Map<String, String> CONFIGS = Map.of("schema.registry.url", "mock://evolved");

    @Test
    void newerFieldIsSkippedAndNewerSymbolBecomesTheDefault() {
        GenericRecord newer = labeled(Topic.SCAN_LABELED
                .schema()
                .toString()
                .replace("\"INDETERMINATE\"]", "\"INDETERMINATE\",\"ARTEFACT\"]")
                .replace("{\"name\":\"label\",", "{\"name\":\"comment\",\"type\":\"string\"},{\"name\":\"label\","));
        newer.put("comment", "motion");
        newer.put("label", symbol(newer, "label", "ARTEFACT"));
        newer.put("split", symbol(newer, "split", "TEST"));

        ScanLabeled read = read(newer);

        assertThat(read.getLabel()).isEqualTo(Label.INDETERMINATE);
        assertThat(read.getSplit()).isEqualTo(Split.TEST);
        assertThat(read.getImage()).isInstanceOf(ClaimCheck.class);
        assertThat(read.getOrigin()).isEqualTo("review");
    }

    @Test
    void fieldOlderWritersDidNotHaveTakesItsDefault() {
        GenericRecord older = labeled(Topic.SCAN_LABELED
                .schema()
                .toString()
                .replaceAll("\\{\"name\":\"split\",\"type\":\\{.*?\\},\"default\":\"UNASSIGNED\"\\},", ""));
        assertThat(older.getSchema().getField("split")).isNull();
        older.put("label", symbol(older, "label", "POSITIVE"));

        ScanLabeled read = read(older);

        assertThat(read.getSplit()).isEqualTo(Split.UNASSIGNED);
        assertThat(read.getLabel()).isEqualTo(Label.POSITIVE);
    }

    private static GenericRecord labeled(String schemaText) {
        Schema schema = new Schema.Parser().parse(schemaText);
        GenericRecord image = new GenericData.Record(
                schema.getField("image").schema().getTypes().get(1));
        image.put("uri", "file:///a");
        image.put("sha256", "00");
        image.put("length", 1L);
        GenericRecord record = new GenericData.Record(schema);
        record.put("scanId", "scan-1");
        record.put("image", image);
        record.put("labelledBy", "reader-1");
        record.put("labelledAt", 1_790_000_000_000L);
        record.put("origin", "review");
        return record;
    }

    private static GenericData.EnumSymbol symbol(GenericRecord record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getSchema().getField(field).schema(), symbol);
    }

    private static ScanLabeled read(GenericRecord record) {
        try (AvroSerializer serializer = new AvroSerializer();
                Deserializer<ScanLabeled> deserializer = Serializers.valueDeserializer(CONFIGS, ScanLabeled.class)) {
            serializer.configure(CONFIGS, false);
            return Objects.requireNonNull(deserializer.deserialize("t", serializer.serialize("t", record)));
        }
    }
}

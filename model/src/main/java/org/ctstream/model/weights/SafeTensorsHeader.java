package org.ctstream.model.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a safetensors file: where each tensor's elements are.
 *
 * @param metadata notes by key
 * @param entries tensors by name; together they cover the elements' bytes without gap or overlap
 */
record SafeTensorsHeader(SortedMap<String, String> metadata, SortedMap<String, Entry> entries) {
    /** Longest header that is read: a hundred times that of a network with a thousand tensors. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_AXES = 8;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4)
                            .maxNameLength(1024)
                            .maxStringLength(1 << 16)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * One tensor.
     *
     * @param begin first byte, inclusive, counted from the end of the header
     * @param end last byte, exclusive
     */
    record Entry(ElementType type, List<Long> shape, long begin, long end) {
        /** This tensor's part of the elements of all. */
        ByteBuffer in(ByteBuffer elements) {
            return elements.slice((int) begin, (int) (end - begin));
        }
    }

    /** The header for weights whose tensors lie in the order of their names. */
    static SafeTensorsHeader of(Weights weights) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        long begin = 0;
        for (Map.Entry<String, Tensor> named : weights.tensors().entrySet()) {
            Tensor tensor = named.getValue();
            long end = begin + tensor.data().remaining();
            entries.put(named.getKey(), new Entry(tensor.type(), tensor.shape(), begin, end));
            begin = end;
        }
        return new SafeTensorsHeader(weights.metadata(), entries);
    }

    /** The header as bytes, a multiple of eight of them. */
    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode notes = root.putObject(METADATA);
        metadata.forEach(notes::put);
        entries.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name).put("dtype", entry.type().name());
            entry.shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        byte[] json = JSON.writeValueAsBytes(root);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /** Reads a header and checks it against the number of bytes that follow it. */
    static SafeTensorsHeader parse(byte[] json, long elementBytes) throws MalformedHeaderException {
        SortedMap<String, String> metadata = new TreeMap<>();
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object("the header", readTree(json))) {
            if (field.getKey().equals(METADATA)) {
                for (Map.Entry<String, JsonNode> note : object(METADATA, field.getValue())) {
                    metadata.put(note.getKey(), text(METADATA + "." + note.getKey(), note.getValue()));
                }
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        checkCovered(entries, elementBytes);
        return new SafeTensorsHeader(metadata, entries);
    }

    private static JsonNode readTree(byte[] json) throws MalformedHeaderException {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new MalformedHeaderException("its header is no JSON object of tensors", e);
        }
    }

    private static Entry entry(String name, JsonNode node) throws MalformedHeaderException {
        object(name, node);
        ElementType type = type(name, node);
        List<Long> shape = counts(name + ".shape", node.path("shape"), 0, MAX_AXES);
        List<Long> offsets = counts(name + ".data_offsets", node.path("data_offsets"), 2, 2);
        Entry entry = new Entry(type, shape, offsets.get(0), offsets.get(1));
        long expected;
        try {
            expected = Tensor.bytes(type, shape);
        } catch (ArithmeticException e) {
            throw new MalformedHeaderException("tensor " + name + " is too large: " + type + " " + shape, e);
        }
        if (entry.end() - entry.begin() != expected) {
            throw new MalformedHeaderException("tensor " + name + " of " + type + " " + shape + " has " + expected
                    + " bytes, found offsets " + offsets);
        }
        return entry;
    }

    private static void checkCovered(SortedMap<String, Entry> entries, long elementBytes)
            throws MalformedHeaderException {
        List<Entry> ordered = entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        long covered = 0;
        for (Entry entry : ordered) {
            if (entry.begin() != covered) {
                throw new MalformedHeaderException("its tensors leave a gap or overlap at byte " + covered
                        + " of the elements: the next one begins at " + entry.begin());
            }
            covered = entry.end();
        }
        if (covered != elementBytes) {
            throw new MalformedHeaderException(
                    "its tensors take " + covered + " bytes, but " + elementBytes + " follow the header");
        }
    }

    private static Iterable<Map.Entry<String, JsonNode>> object(String what, JsonNode node)
            throws MalformedHeaderException {
        if (!node.isObject()) {
            throw new MalformedHeaderException(what + " must be a JSON object, found " + node.getNodeType());
        }
        return node.properties();
    }

    private static String text(String what, JsonNode node) throws MalformedHeaderException {
        if (!node.isTextual()) {
            throw new MalformedHeaderException(what + " must be a text, found " + node.getNodeType());
        }
        return node.textValue();
    }

    private static ElementType type(String name, JsonNode node) throws MalformedHeaderException {
        String text = text(name + ".dtype", node.path("dtype"));
        try {
            return ElementType.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedHeaderException(
                    name + ".dtype must be one of " + Arrays.toString(ElementType.values()) + ", found " + text, e);
        }
    }

    private static List<Long> counts(String what, JsonNode node, int least, int most) throws MalformedHeaderException {
        boolean valid = node.isArray() && node.size() >= least && node.size() <= most;
        for (JsonNode element : node) {
            valid &= element.isIntegralNumber() && element.canConvertToLong() && element.longValue() >= 0;
        }
        if (!valid) {
            throw new MalformedHeaderException(
                    what + " must be " + least + " to " + most + " whole numbers that are not negative");
        }
        List<Long> counts = new ArrayList<>(node.size());
        node.forEach(element -> counts.add(element.longValue()));
        return counts;
    }
}

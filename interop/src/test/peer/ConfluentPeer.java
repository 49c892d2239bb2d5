import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The other side of the interoperability tests: Confluent's genuine serializers on a class path of their own. Knows
 * nothing of ctstream; all it is told comes by its arguments, which are pairs of --name and value.
 *
 * <pre>
 * java -cp confluent-peer.jar ConfluentPeer.java produce --bootstrap H:P --registry URL --topic T --schema FILE
 *     --value JSON-OR-@FILE [--key K] [--SERIALIZER-KEY VALUE]...     (prints partition@offset)
 * java -cp confluent-peer.jar ConfluentPeer.java consume --bootstrap H:P --registry URL --topic T --count N
 *     --timeout SECONDS [--SERIALIZER-KEY VALUE]...                   (prints one JSON value a line)
 * </pre>
 *
 * <p>Values are in Avro's JSON encoding. Serializer keys contain a dot, for example --auto.register.schemas false.
 */
public final class ConfluentPeer {
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            options.put(args[i].substring(2), args[i + 1]);
        }
        // Loggers without a configuration talk; only results belong on standard output.
        PrintStream results = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        if (args[0].equals("produce")) {
            produce(options, results);
        } else if (args[0].equals("consume")) {
            consume(options, results);
        } else {
            throw new IllegalArgumentException("Unknown command " + args[0] + ": expected produce or consume");
        }
    }

    private static Properties client(Map<String, String> options) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", required(options, "bootstrap"));
        properties.put("schema.registry.url", required(options, "registry"));
        options.forEach((key, value) -> {
            if (key.contains(".")) {
                properties.put(key, value);
            }
        });
        return properties;
    }

    private static void produce(Map<String, String> options, PrintStream results) throws Exception {
        Schema schema = new Schema.Parser().parse(Path.of(required(options, "schema")).toFile());
        String value = required(options, "value");
        String json = value.startsWith("@") ? Files.readString(Path.of(value.substring(1))) : value;
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, json));
        try (KafkaProducer<String, Object> producer = genuineProducer(client(options))) {
            var sent = producer.send(new ProducerRecord<>(required(options, "topic"), options.get("key"), record))
                    .get(30, TimeUnit.SECONDS);
            results.println(sent.partition() + "@" + sent.offset());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static KafkaProducer<String, Object> genuineProducer(Properties properties) {
        properties.put("key.serializer", StringSerializer.class.getName());
        properties.put("value.serializer", KafkaAvroSerializer.class.getName());
        return new KafkaProducer(properties);
    }

    private static void consume(Map<String, String> options, PrintStream results) throws Exception {
        Properties properties = client(options);
        properties.put("key.deserializer", StringDeserializer.class.getName());
        properties.put("value.deserializer", KafkaAvroDeserializer.class.getName());
        properties.put("auto.offset.reset", "earliest");
        int left = Integer.parseInt(required(options, "count"));
        long deadline = System.nanoTime() + Duration.ofSeconds(Long.parseLong(required(options, "timeout"))).toNanos();
        try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(properties)) {
            List<TopicPartition> partitions = consumer.partitionsFor(required(options, "topic")).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (left > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(left + " records are missing");
                }
                for (ConsumerRecord<String, Object> record : consumer.poll(Duration.ofMillis(200))) {
                    if (left-- > 0) {
                        results.println(json((GenericRecord) record.value()));
                    }
                }
            }
        }
    }

    private static String json(GenericRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }
}

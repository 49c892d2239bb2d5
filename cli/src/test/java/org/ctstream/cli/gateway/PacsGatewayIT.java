package org.ctstream.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.it.ServiceProcess;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.privacy.ScanCleaner;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real gateway process on a real broker and registry, fed by DCMTK and by the JDK's HTTP client. What the clients were
 * told is held against what the topics have. {@code -Dctstream.gateway.files=1000} sends so many instead of a few.
 */
class PacsGatewayIT {
    private static final String KEY = "a key for this test alone";
    private static final Pseudonyms SITE = Pseudonyms.keyed(KEY.getBytes(UTF_8));
    private static final int FILES = Integer.getInteger("ctstream.gateway.files", 40);
    private static final int SIDE = 64;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;
    private static ServiceProcess gateway;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder.resolve("stack")));
        port = Ports.free("127.0.0.1", 0);
        gateway = start("gateway-1", port, Map.of());
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void filesOfStorescuBecomeRecordsAndTheSameFilesAgainTheSameScans() throws Exception {
        needDcmtk();
        Map<String, String> files = phantoms("files", 1_000, FILES);

        Dcmtk.Finished first = Dcmtk.run(folder.resolve("first.log"), storescu("PACS1", "files"));
        Map<String, Set<String>> once = scanIds(files.values());
        Dcmtk.Finished second = Dcmtk.run(folder.resolve("second.log"), storescu("PACS1", "files", "-xi"));
        Map<String, Set<String>> twice = scanIds(files.values());

        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(Dcmtk.successes(first.text())).containsExactlyInAnyOrderElementsOf(files.keySet());
        assertThat(once.keySet()).isEqualTo(Set.copyOf(files.values()));
        assertThat(once.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(second.exitCode()).as(second.text()).isZero();
        // In another encoding the content is another; a third time shows that repetition alone changes nothing.
        Dcmtk.Finished third = Dcmtk.run(folder.resolve("third.log"), storescu("PACS1", "files"));
        assertThat(third.exitCode()).isZero();
        assertThat(scanIds(files.values())).isEqualTo(twice);
        assertThat(records())
                .filteredOn(scan -> files.containsValue(scan.getInstanceUid()))
                .allSatisfy(scan -> {
                    assertThat(scan.getSource()).isEqualTo("PACS1");
                    byte[] content =
                            ((InlinePayload) scan.getPayload()).getContent().array();
                    assertThat(new String(content, StandardCharsets.ISO_8859_1)).doesNotContain("SYNTHETIC");
                    assertThat(new ScanDecoder(DecodeLimits.DEFAULTS)
                                    .decode(content)
                                    .slice()
                                    .width())
                            .isEqualTo(SIDE);
                });
    }

    @Test
    void pictureMadeDicomByImg2dcmFromAnUrgentCallerIsOnTheStatTopic() throws Exception {
        needDcmtk();
        Path jpeg = folder.resolve("slice.jpg");
        ImageIO.write(picture(), "jpeg", jpeg.toFile());
        Path made = Files.createDirectories(folder.resolve("made")).resolve("slice.dcm");
        assertThat(Dcmtk.run(folder.resolve("img2dcm.log"), "img2dcm", jpeg.toString(), made.toString()))
                .satisfies(run -> assertThat(run.exitCode()).as(run.text()).isZero());
        String instance = instance(made);

        Dcmtk.Finished sent = Dcmtk.run(folder.resolve("stat.log"), storescu("ER", "made", "-xy"));

        assertThat(sent.exitCode()).as(sent.text()).isZero();
        assertThat(records(Lane.STAT))
                .filteredOn(scan -> instance.equals(scan.getInstanceUid()))
                .singleElement()
                .satisfies(scan -> assertThat(scan.getSource()).isEqualTo("ER"));
    }

    @Test
    void echoIsAnsweredToTheKnownAndTheUnknownAreRejected() throws Exception {
        needDcmtk();

        assertThat(echo(port, "PACS1", "CTSTREAM").exitCode()).isZero();
        assertThat(echo(port, "STRANGER", "CTSTREAM")).satisfies(run -> {
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.text()).contains("Rejected Permanent", "Calling AE Title Not Recognized");
        });
        assertThat(echo(port, "PACS1", "OTHER")).satisfies(run -> {
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.text()).contains("Called AE Title Not Recognized");
        });
    }

    @Tag("long")
    @Test
    void whileKafkaIsAwayNothingIsASuccessAndAfterwardsEverythingIs() throws Exception {
        needDcmtk();
        Map<String, String> files = phantoms("outage", 2_000, 2);
        int own = Ports.free("127.0.0.1", 0);
        try (ServiceProcess process = start("gateway-outage", own, Map.of("acknowledgement.timeout.ms", "2000"))) {
            stack.broker().stop();

            Dcmtk.Finished away = Dcmtk.run(
                    folder.resolve("away.log"), Dcmtk.storescu("PACS1", own, folder.resolve("outage"), "--no-halt"));
            HttpResponse<byte[]> stow = post(process.url(), List.of(folder.resolve("outage/2000.dcm")));
            stack.broker().start();
            await().atMost(LONG).until(() -> process.get("/readyz").contains("\"status\":\"ok\""));
            Dcmtk.Finished back =
                    Dcmtk.run(folder.resolve("back.log"), Dcmtk.storescu("PACS1", own, folder.resolve("outage")));

            assertThat(Dcmtk.sending(away.text())).isEqualTo(files.size());
            assertThat(Dcmtk.successes(away.text())).isEmpty();
            assertThat(away.text()).contains("OutOfResources");
            assertThat(stow.statusCode()).isEqualTo(503);
            assertThat(Dcmtk.successes(back.text())).containsExactlyInAnyOrderElementsOf(files.keySet());
        }
    }

    @Test
    void killedGatewayHasAcknowledgedNoFileThatIsNotInKafka() throws Exception {
        needDcmtk();
        Map<String, String> files = phantoms("killed", 3_000, 400);
        int own = Ports.free("127.0.0.1", 0);
        String log;
        try (ServiceProcess process = start("gateway-killed", own, Map.of());
                Dcmtk.Client client = Dcmtk.start(
                        folder.resolve("killed.log"), Dcmtk.storescu("PACS1", own, folder.resolve("killed")))) {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Dcmtk.successes(client.text()).size() >= 10);

            process.kill();

            log = client.finish().text();
        }

        List<String> successes = Dcmtk.successes(log);
        assertThat(successes).as("killed in mid-stream").hasSizeBetween(10, files.size() - 1);
        var stored = new TreeSet<String>();
        records().forEach(scan -> stored.add(String.valueOf(scan.getInstanceUid())));
        assertThat(stored).containsAll(successes.stream().map(files::get).toList());
    }

    @Test
    void tlsPortLetsInWhoShowsACertificateOfItsAuthorityAlone() throws Exception {
        needDcmtk();
        SecurityFolder keys = SecurityFolder.prepare(folder.resolve("tls"), List.of(), "127.0.0.1");
        String certificate = keys.brokerKeyStore().toString();
        String authority = keys.authority().toString();
        int own = Ports.free("127.0.0.1", 0);
        try (ServiceProcess unused = start(
                "gateway-tls",
                own,
                Map.of("dicom.ssl.keystore.location", certificate, "dicom.ssl.truststore.location", authority))) {
            assertThat(echo(own, "PACS1", "CTSTREAM", "+tls", certificate, certificate, "+cf", authority))
                    .satisfies(run -> assertThat(run.exitCode()).as(run.text()).isZero());
            assertThat(echo(own, "PACS1", "CTSTREAM", "+tla", "+cf", authority).exitCode())
                    .isNotZero();
            assertThat(echo(own, "PACS1", "CTSTREAM").exitCode()).isNotZero();
        }
    }

    @Test
    void instancesOverHttpBecomeRecords() throws Exception {
        Map<String, String> files = phantoms("http", 4_000, 3);

        HttpResponse<byte[]> response = post(
                gateway.url(),
                files.keySet().stream()
                        .map(name -> folder.resolve("http").resolve(name))
                        .toList());

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.at("/00081199/Value")).hasSize(3);
        Set<String> answered = new TreeSet<>();
        json.at("/00081199/Value")
                .forEach(item -> answered.add(
                        SITE.uid(item.at("/00081155/Value/0").asText()).orElseThrow()));
        assertThat(answered).isEqualTo(new TreeSet<>(files.values()));
        assertThat(scanIds(files.values()).keySet()).isEqualTo(Set.copyOf(files.values()));
        assertThat(gateway.get("/metrics")).contains("ctstream_gateway_objects_total{protocol=\"stow-rs\"");
    }

    private static ServiceProcess start(String instance, int dicomPort, Map<String, String> more) throws IOException {
        var keys = new HashMap<String, String>();
        keys.put("bootstrap.servers", stack.bootstrapServers());
        keys.put("schema.registry.url", stack.registryUrl());
        keys.put("dicom.port", Integer.toString(dicomPort));
        keys.put("dicom.ae.calling", "PACS1,ER");
        keys.put("dicom.ae.stat", "ER");
        keys.put("pseudonym.key", KEY);
        keys.putAll(more);
        return ServiceProcess.start(folder, "gateway", instance, keys);
    }

    private static void needDcmtk() {
        assumeThat(Dcmtk.isInstalled()).as("DCMTK's clients are on the path").isTrue();
    }

    private static String[] storescu(String calling, String files, String... more) {
        return Dcmtk.storescu(calling, port, folder.resolve(files), more);
    }

    private static Dcmtk.Finished echo(int at, String calling, String called, String... more) throws Exception {
        var command = new ArrayList<>(List.of("echoscu", "-v", "-aet", calling, "-aec", called));
        command.addAll(List.of(more));
        command.addAll(List.of("127.0.0.1", Integer.toString(at)));
        return Dcmtk.run(folder.resolve("echo.log"), command.toArray(String[]::new));
    }

    /** Writes phantoms and returns the pseudonym of each file's instance. */
    private static Map<String, String> phantoms(String name, int firstSeed, int count) throws Exception {
        Path files = Files.createDirectories(folder.resolve(name));
        var slices = new PhantomSlices(SIDE);
        var instances = new TreeMap<String, String>();
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            Path file = files.resolve(seed + ".dcm");
            Files.write(file, slices.generate(seed, false).toDicom());
            instances.put(seed + ".dcm", instance(file));
        }
        return instances;
    }

    private static String instance(Path file) throws Exception {
        return new ScanCleaner(DecodeLimits.DEFAULTS)
                .clean(Files.readAllBytes(file))
                .identity()
                .flatMap(identity -> identity.sopInstanceUid())
                .flatMap(SITE::uid)
                .orElseThrow();
    }

    private static BufferedImage picture() {
        var slice = new PhantomSlices(SIDE).generate(9, true).toGreySlice();
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, slice.pixels());
        return image;
    }

    /** Scan ids on the topic by the pseudonyms of their instances. */
    private static Map<String, Set<String>> scanIds(Collection<String> instances) {
        return records().stream()
                .filter(scan -> instances.contains(scan.getInstanceUid()))
                .collect(Collectors.groupingBy(
                        ScanReceived::getInstanceUid,
                        TreeMap::new,
                        Collectors.mapping(ScanReceived::getScanId, Collectors.toCollection(TreeSet::new))));
    }

    private static List<ScanReceived> records() {
        return records(Lane.ROUTINE);
    }

    private static List<ScanReceived> records(Lane lane) {
        var connection = Connection.plain(stack.bootstrapServers(), stack.registryUrl());
        String topic = lane.received().topicName();
        var scans = new ArrayList<ScanReceived>();
        try (var values = Serializers.valueDeserializer(connection.serializers(), ScanReceived.class)) {
            CommittedRecords.read(connection, List.of(topic), raw -> scans.add(values.deserialize(topic, raw.value())));
        }
        return scans;
    }

    private static HttpResponse<byte[]> post(String url, List<Path> files) throws Exception {
        var body = new ByteArrayOutputStream();
        for (Path file : files) {
            body.writeBytes("\r\n--boundary\r\nContent-Type: application/dicom\r\n\r\n".getBytes(UTF_8));
            body.writeBytes(Files.readAllBytes(file));
        }
        body.writeBytes("\r\n--boundary--".getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/dicomweb/studies"))
                .timeout(LONG)
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=boundary")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}

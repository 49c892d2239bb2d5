package org.ctstream.cli.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.gateway.Dcmtk;
import org.ctstream.cli.it.ServiceProcess;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.cli.stack.StackSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The review page in a real browser, on a whole stack. With {@code -Dctstream.docs.write=true} it runs the release that comes
 * along instead of no network, and writes the guide's pictures; {@code -Dctstream.images=DIR} names scans for them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewPageBrowserIT {
    private static final boolean WRITE = Boolean.getBoolean("ctstream.docs.write");
    private static final int WIDTH = 1_440;
    private static final int HEIGHT = 900;
    private static final int NARROW = 420;
    private static final int ROUTINE = 14;
    private static final int PICTURED = 40;
    private static final int STUDY = 5;
    private static final byte[] STUDY_INSTANCE_UID = {0x20, 0x00, 0x0D, 0x00, 'U', 'I'};
    private static final Path PICTURES = Path.of("..", "docs", "images");

    private static LocalStack stack;
    private static Browser browser;
    private static Path folder;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        assumeTrue(Browser.isThere(), "no Chromium on this machine: set CHROMIUM to one, or put it on the path");
        folder = temporary;
        stack = LocalStack.start(
                new StackSettings(
                        folder.resolve("data"),
                        0,
                        0,
                        0,
                        1,
                        WRITE ? "pytorch" : "none",
                        Optional.empty(),
                        Map.of(
                                "sink.review.reviewer",
                                "reader-7",
                                "sink.study.provisional.ms",
                                "500",
                                "sink.drift.interval.ms",
                                "1000")),
                new Silence());
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void scansAppearByThemselvesWithStatOnTop() throws Exception {
        browser.open(stack.sink().url() + "/");
        browser.await("document.getElementById('empty').innerText.includes('appear here by themselves')");
        assertThat(browser.text(".notice")).contains("Not a medical device");
        browser.evaluate("window.neverReloaded = true");

        publish("routine", "ROUTINE", WRITE ? PICTURED : ROUTINE);
        browser.await("document.querySelectorAll('#rows tr').length >= " + ROUTINE);
        publish("stat", "STAT", 2);
        browser.await("document.querySelectorAll('#rows tr.urgent').length === 2");

        assertThat(browser.evaluate("window.neverReloaded").asBoolean()).isTrue();
        assertThat(browser.evaluate("[...document.querySelectorAll('#rows tr')].slice(0, 3)"
                                + ".map((row) => row.classList.contains('urgent'))")
                        .toString())
                .isEqualTo("[true,true,false]");
        assertThat(browser.evaluate("performance.getEntriesByName('first-contentful-paint').length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(2)
    void filtersAndSearchNarrowTheListAsOneTypes() {
        browser.press("/");
        String any = browser.evaluate("document.querySelector('#rows tr:last-child .scan-id').dataset.scan")
                .asText();
        browser.type(any.substring(0, 12));
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.evaluate("document.querySelector('#rows .scan-id').dataset.scan")
                        .asText())
                .isEqualTo(any);
        browser.press("Escape");
        browser.evaluate("document.getElementById('f-reset').click()");
        browser.await("document.querySelectorAll('#rows tr').length > 10");
        browser.evaluate("document.getElementById('f-least').value = '1';"
                + "document.getElementById('f-least').dispatchEvent(new Event('input', {bubbles: true}))");
        browser.await("document.getElementById('empty').innerText.includes('Clear the filters')");
        browser.evaluate("document.getElementById('f-reset').click()");
        browser.await("document.querySelectorAll('#rows tr').length > 10");
    }

    @Test
    @Order(3)
    void scanIsCorrectedByKeyboardAloneAndBecomesALabelledScan() {
        if (WRITE) {
            // The guide's pictures want a positive one: its heatmap is what they show.
            browser.await("document.querySelector('#rows tr.POSITIVE .scan-id')");
            browser.evaluate("document.querySelector('#rows tr.POSITIVE .scan-id').focus()");
        } else {
            browser.press("j");
        }
        browser.await("document.activeElement.classList.contains('scan-id')");
        String scanId = browser.evaluate("document.activeElement.dataset.scan").asText();
        browser.press("Enter");
        browser.await("document.getElementById('slice-message').hidden");
        assertThat(browser.text("#scan-title")).isEqualTo(scanId);
        assertThat(drawn("slice")).as("pixels of the slice that are not black").isGreaterThan(1_000);
        browser.await("document.getElementById('similar').innerText.includes('"
                + (WRITE ? "No confirmed cases yet" : "no embedding to compare") + "')");
        Label said = Label.valueOf(browser.evaluate("document.querySelector('#finding .badge').classList[2]")
                .asText());

        browser.press("x");
        browser.await("document.activeElement.id === 'note'");
        browser.type("motion artefact <b>not markup</b>");
        picture("scan", 1_190);
        browser.press("Enter");
        browser.await("document.getElementById('review-state').innerText.includes('Published')");
        browser.await("document.querySelector('#history .verdict.corrected')");

        assertThat(browser.text("#history")).contains("by reader-7", "<b>not markup</b>", "Published");
        Label corrected = said == Label.POSITIVE ? Label.NEGATIVE : Label.POSITIVE;
        assertThat(labels()).singleElement().satisfies(label -> {
            assertThat(label.getScanId()).isEqualTo(scanId);
            assertThat(label.getLabel()).isEqualTo(corrected);
            assertThat(label.getLabelledBy()).isEqualTo("reader-7");
        });

        browser.press("Escape");
        browser.await("!document.getElementById('worklist').hidden");
        browser.await("[...document.querySelectorAll('#rows tr.done .scan-id')].some((link) => link.dataset.scan === '"
                + scanId + "')");
        browser.evaluate("scrollTo(0, 0)");
        picture("worklist", 900);
    }

    @Test
    @Order(4)
    void scanSentByStorescuIsCorrectedByKeyboardAndCountedByTheTrainer() throws Exception {
        assumeTrue(Dcmtk.isInstalled(), "DCMTK's clients are not on the path");
        int known = labels().size();
        int port = Ports.free("127.0.0.1", 0);
        try (ServiceProcess gateway = service(
                        "gateway", Map.of("dicom.port", port + "", "dicom.ae.calling", "CT9", "dicom.ae.stat", "CT9"));
                ServiceProcess trainer = service("trainer", trainerKeys())) {
            Path slice = Files.createDirectory(folder.resolve("dicom")).resolve("slice.dcm");
            Files.write(slice, new PhantomSlices().generate(77, true).toDicom());
            Dcmtk.Finished sent =
                    Dcmtk.run(folder.resolve("storescu.log"), Dcmtk.storescu("CT9", port, folder.resolve("dicom")));
            assertThat(sent.exitCode()).as(sent.text() + gateway.get("/readyz")).isZero();

            // It is STAT and the newest of them, so it stands on top.
            browser.await("document.querySelector('#rows tr').innerText.includes('CT9')");
            assertThat(browser.evaluate("window.neverReloaded").asBoolean()).isTrue();
            String chosen = "Boolean(document.activeElement.closest('tr')?.innerText.includes('CT9'))";
            for (int row = 0; row < 2 * PICTURED && !browser.evaluate(chosen).asBoolean(); row++) {
                browser.press("k");
            }
            assertThat(browser.evaluate(chosen).asBoolean()).isTrue();
            String scanId =
                    browser.evaluate("document.activeElement.dataset.scan").asText();
            browser.press("Enter");
            browser.await("document.getElementById('slice-message').hidden");
            browser.press("x");
            browser.await("document.activeElement.id === 'note'");
            browser.press("Enter");
            browser.await("document.querySelector('#history .verdict.corrected')");

            assertThat(labels())
                    .hasSize(known + 1)
                    .extracting(ScanLabeled::getScanId)
                    .contains(scanId);
            await("the trainer's count of labels")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> counted(trainer.get("/metrics")) == known + 1);
        }
        browser.press("Escape");
        browser.await("!document.getElementById('worklist').hidden");
    }

    @Test
    @Order(5)
    void keyThatIsFasterThanTheNextScanReviewsNeither() {
        List<ScanLabeled> before = labels();
        String link = "document.querySelectorAll('#rows .scan-id')[%d]";
        String isOpen = "document.getElementById('scan-title').textContent === " + link
                + ".dataset.scan && !document.getElementById('reading').hidden";
        String show = "location.hash = " + link + ".hash";
        browser.evaluate(show.formatted(0));
        browser.await(isOpen.formatted(0));

        browser.evaluate("new Promise((done) => {"
                + "addEventListener('hashchange', () => {"
                + "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'c', bubbles: true}));"
                + "done(); }, {once: true});"
                + show.formatted(1) + "; })");
        assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("main");
        browser.await(isOpen.formatted(1));

        assertThat(browser.evaluate("document.querySelectorAll('#review [aria-pressed=true]').length")
                        .asInt())
                .isZero();
        assertThat(browser.text("#publish")).isEqualTo("Choose a verdict");
        assertThat(labels()).hasSameSizeAs(before);
    }

    @Test
    @Order(6)
    void systemViewShowsLagWorkersAndStages() {
        browser.press("s");
        browser.await("!document.getElementById('system').hidden");
        browser.await("document.querySelectorAll('#lag tbody tr').length >= 3");
        browser.await("document.querySelectorAll('#stages tbody tr').length === 4");
        browser.await("document.querySelector('#workers').innerText.includes('worker-1')");
        browser.await("document.querySelector('#letters').innerText.length > 5");
        browser.await("document.querySelector('#model').innerText.length > 5");
        browser.await("document.querySelector('#drift').innerText.includes('CT-EMERGENCY')");
        assertThat(browser.text("#lag")).contains("ctstream-ingest", "ctstream-inference-worker", "STAT");
        picture("system", 1_250);
    }

    @Test
    @Order(7)
    void helpIsAKeyAwayAndTakesTheKeysWhileItIsOpen() {
        browser.press("w");
        browser.await("!document.getElementById('worklist').hidden");
        browser.press("?");
        browser.await("document.getElementById('help').open");
        browser.press("s");
        picture("keys", 900);
        browser.press("Escape");
        browser.await("!document.getElementById('help').open");
        assertThat(browser.evaluate("document.getElementById('system').hidden").asBoolean())
                .isTrue();
    }

    @Test
    @Order(8)
    void everyViewHasNamesAndContrastInBothSchemesAndNoScriptComplains() throws Exception {
        String scan = browser.evaluate("document.querySelector('#rows .scan-id').hash")
                .asText();
        for (String view : List.of("#/", scan, "#/system", "#/models")) {
            browser.evaluate("location.hash = '" + view + "'");
            browser.await("document.getElementById('live').dataset.state === 'live'");
            if (view.equals(scan)) {
                browser.await("document.getElementById('slice-message').hidden");
            }
            assertAccessible(view);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(9)
    void studyShowsItsSlicesAndLeadsToTheWorstAndBack() throws Exception {
        int slices = WRITE ? PICTURED : STUDY;
        publishStudy(slices);
        browser.press("t");
        browser.await("(document.querySelector('#study-rows tr')?.innerText || '').includes('" + slices + " slices')");
        assertAccessible("#/studies");
        picture("studies", 700);

        browser.press("j");
        browser.await("document.activeElement.dataset.study");
        String study = browser.evaluate("document.activeElement.hash").asText();
        browser.press("Enter");
        browser.await("document.querySelectorAll('#slice-rows tr').length === " + slices);
        assertAccessible(study);
        picture("study", 1_100);
        String worst = browser.evaluate("document.querySelector('#study-finding a.worst').hash")
                .asText();
        browser.press("o");
        browser.await("location.hash === '" + worst + "' && !document.getElementById('study-of').hidden");
        assertThat(browser.text("#study-of")).contains("slices", "(this one)");
        assertAccessible(worst);
        browser.evaluate("document.querySelector('#study-of a').click()");
        browser.await("location.hash === '" + study + "' && !document.getElementById('study').hidden");
        browser.press("Escape");
        browser.await("document.activeElement.dataset.study");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void assertAccessible(String view) throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            assertThat(texts(browser.evaluate(audit())))
                    .as(view + " dark " + dark)
                    .isEmpty();
        }
        browser.dark(false);
        browser.resize(NARROW, HEIGHT);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as(view + " without sideways scrolling on a narrow screen")
                .isLessThanOrEqualTo(NARROW);
        browser.resize(WIDTH, HEIGHT);
    }

    /** Slices of different phantoms that say they are of one study. */
    private static void publishStudy(int count) throws IOException {
        Path scans = Files.createDirectory(folder.resolve("study"));
        byte[] studyUid = new byte[0];
        int written = 0;
        for (long seed = 1; written < count; seed++) {
            ByteBuffer file = ByteBuffer.wrap(
                    new PhantomSlices().generate(seed, seed % 5 == 0).toDicom());
            int at = elementAt(file.array(), STUDY_INSTANCE_UID);
            byte[] own = new byte[file.order(ByteOrder.LITTLE_ENDIAN).getShort(at - 2)];
            file.get(at, own);
            studyUid = written == 0 ? own : studyUid;
            if (own.length == studyUid.length) {
                file.put(at, studyUid);
                Files.write(scans.resolve("slice-" + written++ + ".dcm"), file.array());
            }
        }
        // Without a key there are no pseudonyms, and so no studies.
        Path key = Files.writeString(folder.resolve("pseudonyms"), "0123456789abcdef".repeat(4));
        publishAll("study", "ROUTINE", scans, "--pseudonym-key-file", key.toString());
    }

    /** Where the value begins of an element with explicit representation and a short length. */
    private static int elementAt(byte[] file, byte[] tag) {
        for (int i = 0; i + 2 * tag.length < file.length; i++) {
            if (Arrays.equals(file, i, i + tag.length, tag, 0, tag.length)) {
                return i + tag.length + 2;
            }
        }
        throw new AssertionError("The phantom says of no study");
    }

    @Test
    @Order(9)
    void candidateIsPromotedByTypingItsNameAndRolledBack() throws Exception {
        CandidateInShadow.announce(stack.connection(), folder.resolve("candidates"));
        browser.press("m");
        browser.await("document.querySelectorAll('#releases .release').length === 2");
        String before = browser.evaluate("document.querySelector('#releases .release.now').dataset.release")
                .asText();
        assertThat(browser.text("[data-release=\"net:2\"]"))
                .contains(
                        "candidate",
                        "In shadow of " + before,
                        "2.27 % called otherwise of 1,986 scans",
                        "0.931",
                        "net:0");
        picture("models", 1_250);

        browser.evaluate("document.querySelector('[data-release=\"net:2\"] button').click()");
        browser.await("document.getElementById('promote').open");
        assertThat(browser.text("#promote-effect")).contains("net:2 replaces " + before);
        browser.type("better in shadow");
        browser.evaluate("document.getElementById('promote-confirm').focus()");
        browser.type("net:1");
        assertThat(browser.evaluate("document.getElementById('promote-send').disabled")
                        .asBoolean())
                .isTrue();
        browser.evaluate("document.getElementById('promote-confirm').value = ''");
        browser.type("net:2");
        picture("promote", 900);
        browser.press("Enter");
        browser.await("document.querySelector('.release.now')?.dataset.release === 'net:2'");
        assertThat(browser.text(".release.now")).contains("by reader-7: better in shadow");

        browser.await("document.querySelector('[data-release=\"" + before + "\"] button')");
        browser.evaluate("document.querySelector('[data-release=\"" + before + "\"] button').click()");
        browser.await("document.getElementById('promote').open");
        assertThat(browser.text("#promote-title")).isEqualTo("Roll back to " + before);
        browser.evaluate("document.getElementById('promote-confirm').focus()");
        browser.type(before);
        browser.press("Enter");
        browser.await("document.querySelector('.release.now')?.dataset.release === '" + before + "'");
        assertThat(browser.complaints()).isEmpty();
    }

    private static ServiceProcess service(String role, Map<String, String> keys) throws IOException {
        var all = new HashMap<>(keys);
        all.put("bootstrap.servers", stack.connection().bootstrapServers());
        all.put("schema.registry.url", stack.connection().registryUrl());
        return ServiceProcess.start(folder, role, role + "-1", all);
    }

    private static Map<String, String> trainerKeys() {
        return Map.of(
                "trainer.folder", folder.resolve("trainer").toString(),
                "dataset.folder", folder.resolve("dataset").toString(),
                "model.store", stack.settings().modelStore().toString(),
                "trainer.poll.interval.ms", "200");
    }

    /** Labelled images of all splits, as the trainer's metrics have them. */
    private static double counted(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("ctstream_trainer_labels{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    @Order(9)
    void pictureThatIsNoChestHasNoFindingAndSaysWhy() throws Exception {
        browser.evaluate("location.hash = '#/'");
        publishDrawing();
        browser.await("document.querySelector('#rows tr.INDETERMINATE')");
        browser.evaluate("location.hash = document.querySelector('#rows tr.INDETERMINATE .scan-id').hash");
        browser.await("document.querySelector('#finding .nothing-said')");

        assertThat(browser.text("#finding"))
                .contains("No finding, and no alert: not like a chest CT slice", "probability of positive");
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            assertThat(texts(browser.evaluate(audit()))).isEmpty();
        }
        browser.dark(false);
        picture("indeterminate", HEIGHT);
    }

    private static void publishDrawing() throws IOException {
        var drawing = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            drawing.getRaster().setSample(i % 64, i / 64, 0, (i % 64 / 8 + i / 64 / 8) % 2 * 255);
        }
        Path scans = Files.createDirectory(folder.resolve("drawing"));
        ImageIO.write(drawing, "png", scans.resolve("drawing.png").toFile());
        publishAll("drawing", "ROUTINE", scans);
    }

    private static void publish(String name, String priority, int count) throws IOException {
        Path scans = Files.createDirectory(folder.resolve(name));
        String images = System.getProperty("ctstream.images");
        if (WRITE && images != null) {
            try (Stream<Path> files = Files.walk(Path.of(images))) {
                List<Path> chosen = files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(png|jpg|jpeg)"))
                        .sorted()
                        .toList();
                for (int i = 0; i < count; i++) {
                    // Spread over the folder, so that not one patient fills the list.
                    Path file = chosen.get((i * 37 + name.length()) % chosen.size());
                    Files.copy(file, scans.resolve(i + "-" + file.getFileName()));
                }
            }
        } else {
            var slices = new PhantomSlices();
            for (int i = 0; i < count; i++) {
                Files.write(
                        scans.resolve("scan-" + i + ".png"),
                        slices.generate(i + name.length() * 1_000L, i % 2 == 0).toPng());
            }
        }
        publishAll(name, priority, scans);
    }

    private static void publishAll(String name, String priority, Path scans, String... more) {
        var arguments = new ArrayList<>(List.of(
                "publish",
                "--bootstrap-server",
                stack.connection().bootstrapServers(),
                "--registry",
                stack.connection().registryUrl(),
                "--source-name",
                "CT-EMERGENCY",
                "--priority",
                priority,
                "--receipts",
                folder.resolve(name + ".jsonl").toString()));
        arguments.addAll(List.of(more));
        arguments.add(scans.toString());
        CliRun run = CliRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }

    private static int drawn(String canvas) {
        return browser.evaluate("(() => { const canvas = document.getElementById('" + canvas + "');"
                        + "const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                        + "let drawn = 0; for (let i = 0; i < data.length; i += 4) if (data[i] > 8) drawn++;"
                        + "return drawn; })()")
                .asInt();
    }

    private static List<ScanLabeled> labels() {
        var labels = new ArrayList<ScanLabeled>();
        try (var consumer = new KafkaConsumer<>(
                        stack.connection().consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var deserializer =
                        Serializers.valueDeserializer(stack.connection().serializers(), ScanLabeled.class)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.SCAN_LABELED.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                labels.add(deserializer.deserialize(record.topic(), record.headers(), record.value())));
            }
        }
        return labels;
    }

    /** For the guide: the view as it is now, light and dark. */
    private static void picture(String view, int height) {
        if (!WRITE) {
            return;
        }
        browser.resize(WIDTH, height);
        try {
            for (boolean dark : new boolean[] {true, false}) {
                browser.dark(dark);
                // New rows fade in, and their colours on the way mean nothing.
                browser.await("document.getAnimations().length === 0");
                browser.screenshot(PICTURES.resolve("page-" + view + (dark ? "-dark" : "-light") + ".png"));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        browser.resize(WIDTH, HEIGHT);
    }

    private static String audit() throws IOException {
        try (InputStream script = Objects.requireNonNull(ReviewPageBrowserIT.class.getResourceAsStream("audit.js"))) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** Nobody watches. */
    private static final class Silence implements StackListener {
        @Override
        public void step(String text) {}

        @Override
        public void trouble(String text) {}
    }
}

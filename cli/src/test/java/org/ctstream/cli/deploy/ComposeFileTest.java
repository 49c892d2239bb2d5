package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.cli.deploy.ComposeFile.Service;
import org.ctstream.gateway.GatewayKeys;
import org.ctstream.ingest.IngestKeys;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.SinkKeys;
import org.ctstream.trainer.continuous.TrainerKeys;
import org.ctstream.worker.WorkerKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of {@code docker-compose.yml} without a container engine: nothing here starts one. */
class ComposeFileTest {
    private static final Path ROOT = root();
    private static final Map<String, String> SECRETS = Map.of(
            "POSTGRES_PASSWORD", "not-a-real-password",
            "SINK_USER_INFO", "reader:not-a-real-password",
            "GATEWAY_USER_INFO", "pacs:not-a-real-password");
    private static final Map<String, ConfigDef> KEYS = Map.of(
            "ingest", IngestKeys.def(),
            "worker-cpu", WorkerKeys.def(),
            "worker-gpu", WorkerKeys.def(),
            "worker-tensorrt", WorkerKeys.def(),
            "worker-onnxruntime-tensorrt", WorkerKeys.def(),
            "sink", SinkKeys.def(),
            "gateway", GatewayKeys.def(),
            "trainer", TrainerKeys.def());

    static Set<String> ourServices() {
        return new TreeSet<>(KEYS.keySet());
    }

    @ParameterizedTest
    @MethodSource("ourServices")
    void serviceAcceptsItsEnvironment(String name) throws IOException {
        ServiceConfig config = config(name);

        assertThat(config.string(CommonKeys.BOOTSTRAP_SERVERS)).isEqualTo("kafka:19092");
    }

    @Test
    void everyFilledInSettingIsAcceptedToo() throws IOException {
        var everything = new Properties();
        try (var example = Files.newBufferedReader(ROOT.resolve("deploy/.env.example"))) {
            everything.load(example);
        }
        var environment = new HashMap<>(SECRETS);
        everything.stringPropertyNames().forEach(name -> {
            if (!everything.getProperty(name).isEmpty()) {
                environment.put(name, everything.getProperty(name));
            }
        });
        environment.put("PSEUDONYM_KEY", "sixteen-characters-or-more");
        environment.put("CLAIM_CHECK_ROOTS", "https://pacs.example/scans/");
        ComposeFile compose = ComposeFile.read(ROOT, environment);

        KEYS.forEach(
                (name, keys) -> assertThat(config(compose.service(name), keys)).isNotNull());
    }

    @Test
    void missingSecretStopsTheStart() throws IOException {
        ComposeFile compose = ComposeFile.read(ROOT, Map.of("SINK_USER_INFO", ""));

        assertThat(compose.requiredVariables()).containsExactlyInAnyOrder("POSTGRES_PASSWORD", "SINK_USER_INFO");
        assertThatThrownBy(() -> compose.service("sink").environment())
                .hasMessageContaining("SINK_USER_INFO is missing");
    }

    @Test
    void exampleEnvironmentListsWhatTheFileReadsAndKeepsSecretsEmpty() throws IOException {
        var example = new Properties();
        try (var reader = Files.newBufferedReader(ROOT.resolve("deploy/.env.example"))) {
            example.load(reader);
        }

        assertThat(example.stringPropertyNames()).isEqualTo(compose().variables());
        assertThat(List.of("POSTGRES_PASSWORD", "SINK_USER_INFO", "GATEWAY_USER_INFO", "PSEUDONYM_KEY"))
                .allSatisfy(secret -> assertThat(example.getProperty(secret)).isEmpty());
    }

    @Test
    void everyServiceIsCheckedRestartedAndBoundedInMemory() throws IOException {
        assertThat(compose().services().values()).allSatisfy(service -> {
            assertThat(service.healthcheck()).as(service.name()).startsWith("CMD");
            assertThat(service.string("restart")).as(service.name()).isEqualTo("unless-stopped");
            assertThat(service.section("deploy").toString()).as(service.name()).contains("memory=");
            assertThat(service.strings("security_opt")).as(service.name()).contains("no-new-privileges:true");
        });
    }

    @Test
    void servicesStartAfterWhatTheyNeedIsHealthy() throws IOException {
        Map<String, Service> services = compose().services();

        assertThat(compose().service("sink").section("depends_on").keySet())
                .containsExactlyInAnyOrder("kafka", "registry", "postgres");
        assertThat(services.values())
                .allSatisfy(service -> service.section("depends_on").forEach((needed, condition) -> {
                    assertThat(services).containsKey(needed);
                    assertThat(condition).as(needed).isEqualTo(Map.of("condition", "service_healthy"));
                }));
    }

    @ParameterizedTest
    @MethodSource("ourServices")
    void ourServicesRunWithoutPrivileges(String name) throws IOException {
        Service service = service(name);

        assertThat(service.string("user")).isEqualTo("10001:10001");
        assertThat(service.string("read_only")).isEqualTo("true");
        assertThat(service.strings("cap_drop")).containsExactly("ALL");
        assertThat(Files.readString(ROOT.resolve("deploy/Dockerfile")))
                .contains(" AS " + service.section("build").get("target") + "\n");
    }

    @ParameterizedTest
    @MethodSource("ourServices")
    void healthcheckAsksThePortThatTheServiceOpens(String name) throws IOException {
        assertThat(service(name).healthcheck())
                .containsExactly(
                        "CMD",
                        "/opt/ctstream/healthcheck",
                        String.valueOf(config(name).integer(CommonKeys.HTTP_PORT)));
        assertThat(Files.isExecutable(ROOT.resolve("deploy/healthcheck"))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ourServices")
    void stopWaitsLongerThanTheDrain(String name) throws IOException {
        String grace = service(name).string("stop_grace_period");

        assertThat(grace).endsWith("s");
        assertThat(Long.parseLong(grace.replace("s", "")) * 1_000)
                .isGreaterThan(config(name).millis(CommonKeys.DRAIN_TIMEOUT_MS).toMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "worker-cpu, cpu, auto, cpu, fp32, false",
        "worker-gpu, gpu, pytorch, gpu, fp32, true",
        "worker-tensorrt, tensorrt, tensorrt, gpu, fp16, true",
        "worker-onnxruntime-tensorrt, onnxruntime-tensorrt, onnxruntime-tensorrt, gpu, fp16, true",
    })
    void profileDecidesTheEngineAndDeviceOfTheWorkers(
            String name, String profile, String engine, String device, String precision, boolean reserved)
            throws IOException {
        Service worker = service(name);

        assertThat(worker.strings("profiles")).containsExactly(profile);
        assertThat(config(name).string(WorkerKeys.ENGINE)).isEqualTo(engine);
        assertThat(config(name).string(WorkerKeys.ENGINE_DEVICE)).isEqualTo(device);
        assertThat(config(name).string(WorkerKeys.ENGINE_PRECISION)).isEqualTo(precision);
        assertThat(worker.section("deploy").toString().contains("driver=nvidia"))
                .isEqualTo(reserved);
        assertThat(worker.has("ports") || worker.has("container_name"))
                .as("what would forbid --scale")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker-cpu", "worker-gpu", "worker-tensorrt", "worker-onnxruntime-tensorrt"})
    void workersWriteOnlyIntoVolumesThatTheirImageHasFoldersFor(String name) throws IOException {
        assertThat(service(name).strings("volumes"))
                .contains(
                        "models:" + config(name).string(WorkerKeys.MODEL_STORE),
                        "engine-cache:" + config(name).string(WorkerKeys.ENGINE_CACHE));
        assertThat(stage(String.valueOf(service(name).section("build").get("target"))))
                .containsPattern("RUN mkdir models .*engine-cache");
    }

    /** One stage of the Dockerfile, from its FROM to the next. */
    private static String stage(String name) throws IOException {
        String file = Files.readString(ROOT.resolve("deploy/Dockerfile"));
        int begin = file.indexOf(" AS " + name + "\n");
        int end = file.indexOf("\nFROM ", begin);
        return file.substring(begin, end < 0 ? file.length() : end);
    }

    @Test
    void namedVolumesAreDeclaredAndUsed() throws IOException {
        var used = new TreeSet<String>();
        compose()
                .services()
                .values()
                .forEach(service -> service.strings("volumes").stream()
                        .map(volume -> volume.substring(0, volume.indexOf(':')))
                        .filter(source -> !source.startsWith("."))
                        .forEach(used::add));

        assertThat(used).isEqualTo(new TreeSet<>(compose().volumes()));
    }

    @Test
    void nothingIsPublishedBeyondThisMachineUnasked() throws IOException {
        assertThat(compose().services().values())
                .flatExtracting(service -> service.strings("ports"))
                .hasSize(5)
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.version, docker-compose.yml, apache/kafka:%s",
        "confluent.version, docker-compose.yml, confluentinc/cp-schema-registry:%s",
        "pytorch.version, deploy/Dockerfile, PYTORCH_VERSION=%s",
        "pytorch.version, deploy/Dockerfile, libtorch-cxx11-abi-shared-with-deps-%s%%2B",
    })
    void imagesAndBuildAgreeOnVersions(String property, String file, String expected) throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String version = pom.substring(pom.indexOf("<" + property + ">") + property.length() + 2);
        version = version.substring(0, version.indexOf('<'));

        assertThat(Files.readString(ROOT.resolve(file))).contains(String.format(expected, version));
    }

    /** Their Java classes are those of the build; the two must be of one minor version. */
    @Test
    void nativeLibrariesOfOnnxRuntimeForGpusAreOfTheBuildsMinorVersion() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        Matcher built = Pattern.compile("<onnxruntime.version>(\\d+\\.\\d+)\\.").matcher(pom);

        assertThat(built.find()).isTrue();
        assertThat(Files.readString(ROOT.resolve("deploy/Dockerfile")))
                .contains("onnxruntime_gpu:" + built.group(1) + ".");
    }

    private static ComposeFile compose() throws IOException {
        return ComposeFile.read(ROOT, SECRETS);
    }

    private static Service service(String name) throws IOException {
        return compose().service(name);
    }

    private static ServiceConfig config(String name) throws IOException {
        return config(service(name), Objects.requireNonNull(KEYS.get(name)));
    }

    /** As the service itself reads it: an unknown key or a value that does not fit throws. */
    private static ServiceConfig config(Service service, ConfigDef keys) {
        return ServiceConfig.of(service.name(), keys, ConfigSources.merge(null, service.environment(), Map.of()));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "No docker-compose.yml above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}

package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.cli.deploy.Manifests.Manifest;
import org.ctstream.gateway.GatewayKeys;
import org.ctstream.ingest.IngestKeys;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.sink.SinkKeys;
import org.ctstream.worker.WorkerKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the Kubernetes manifests without a cluster: nothing here asks one. */
class KubernetesManifestTest {
    private static final Path ROOT = root();
    private static final Manifests MANIFESTS = Manifests.read(ROOT.resolve("deploy/kubernetes"));
    private static final Map<String, ConfigDef> KEYS = Map.of(
            "gateway", GatewayKeys.def(),
            "ingest", IngestKeys.def(),
            "worker", WorkerKeys.def(),
            "sink", SinkKeys.def());
    private static final List<String> FOREIGN = List.of("Kustomization", "ScaledObject", "TriggerAuthentication");

    /** Of KEDA's two kinds, what the manifests use. */
    private static final List<String> KAFKA_TRIGGER = List.of(
            "bootstrapServers",
            "consumerGroup",
            "topic",
            "lagThreshold",
            "activationLagThreshold",
            "offsetResetPolicy",
            "sasl",
            "tls");

    private static final List<String> PROMETHEUS_TRIGGER =
            List.of("serverAddress", "query", "threshold", "activationThreshold");

    static Stream<Manifest> everything() {
        return MANIFESTS.all().stream();
    }

    static Stream<Manifest> workloads() {
        return MANIFESTS.workloads();
    }

    static Stream<Manifest> scaledObjects() {
        return MANIFESTS.of("ScaledObject");
    }

    @ParameterizedTest
    @MethodSource("everything")
    void hasOnlyFieldsThatKubernetesHas(Manifest manifest) throws Exception {
        if (FOREIGN.contains(manifest.kind())) {
            assertThat(manifest.at("/apiVersion").asText()).matches("(keda\\.sh|kustomize\\.config\\.k8s\\.io)/v1.*");
            return;
        }
        assertThat(KubernetesTypes.knows(manifest)).as("known type").isTrue();
        assertThat(KubernetesTypes.unknownFields(manifest)).isEmpty();
    }

    @Test
    void misspeltFieldIsFound() throws Exception {
        Manifest worker = MANIFESTS.one("StatefulSet", "ctstream-worker");
        ObjectNode changed = worker.content().deepCopy();
        ((ObjectNode) changed.at("/spec/template/spec/containers/0")).put("imagePullPolice", "Always");

        assertThat(KubernetesTypes.unknownFields(new Manifest(worker.file(), changed)))
                .singleElement()
                .asString()
                .endsWith("imagePullPolice");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void serviceAcceptsItsEnvironment(Manifest workload) {
        ServiceConfig config = config(workload);

        assertThat(config.string(CommonKeys.BOOTSTRAP_SERVERS)).contains(":9093");
        assertThat(config.string(CommonKeys.INSTANCE_NAME)).isEqualTo(workload.name() + "-0");
        assertThat(config.admin()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(String.valueOf(config.admin().get("sasl.jaas.config")))
                .contains("username=\"ctstream-" + role(workload) + "\"");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void probesAskThePortThatTheServiceOpens(Manifest workload) {
        JsonNode container = Manifests.container(workload);

        assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
        assertThat(container.at("/ports/0/containerPort").asInt())
                .isEqualTo(config(workload).integer(CommonKeys.HTTP_PORT))
                .isEqualTo(workload.at("/spec/template/metadata/annotations/prometheus.io~1port")
                        .asInt());
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/livez");
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void stopWaitsLongerThanTheDrain(Manifest workload) {
        assertThat(workload.at("/spec/template/spec/terminationGracePeriodSeconds")
                                .asLong()
                        * 1_000)
                .isGreaterThan(
                        config(workload).millis(CommonKeys.DRAIN_TIMEOUT_MS).toMillis() + 10_000);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void podRunsWithoutPrivilegesOnAReadOnlyFileSystem(Manifest workload) {
        JsonNode pod = workload.at("/spec/template/spec");
        JsonNode container = Manifests.container(workload).path("securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(Manifests.container(workload).at("/resources/limits/memory").asText())
                .matches("\\d+Gi");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void namesLabelsAndVolumesAgree(Manifest workload) {
        JsonNode labels = workload.at("/spec/template/metadata/labels");
        String name = workload.name();
        assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(name);
        assertThat(workload.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo(name);
        Manifest service = MANIFESTS.one("Service", name);
        assertThat(service.at("/spec/selector/app.kubernetes.io~1name").asText())
                .isEqualTo(name);
        assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        assertThat(MANIFESTS
                        .one("PodDisruptionBudget", name)
                        .at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo(name);
        if (workload.kind().equals("StatefulSet")) {
            assertThat(workload.at("/spec/serviceName").asText()).isEqualTo(name);
        }
        assertThat(MANIFESTS.one(
                        "ServiceAccount",
                        workload.at("/spec/template/spec/serviceAccountName").asText()))
                .isNotNull();
        var declared = new HashMap<String, JsonNode>();
        workload.at("/spec/template/spec/volumes")
                .forEach(volume -> declared.put(volume.path("name").asText(), volume));
        var used = new TreeSet<String>();
        Manifests.container(workload)
                .path("volumeMounts")
                .forEach(mount -> used.add(mount.path("name").asText()));
        assertThat(used).isEqualTo(new TreeSet<>(declared.keySet()));
        declared.values().forEach(KubernetesManifestTest::requireSource);
    }

    private static void requireSource(JsonNode volume) {
        if (volume.has("persistentVolumeClaim")) {
            MANIFESTS.one(
                    "PersistentVolumeClaim",
                    volume.at("/persistentVolumeClaim/claimName").asText());
        }
        if (volume.has("secret")) {
            Manifest secret =
                    MANIFESTS.one("Secret", volume.at("/secret/secretName").asText());
            Manifests.elements(volume.at("/secret/items"))
                    .forEach(item -> assertThat(secret.at("/stringData")
                                    .has(item.path("key").asText()))
                            .isTrue());
        }
    }

    @Test
    void membersByNameAreThoseThatKeepTheirNames() {
        assertThat(workloads()).allSatisfy(workload -> {
            ServiceConfig config = config(workload);
            boolean byName =
                    !List.of("gateway", "ingest").contains(role(workload)) && config.bool(StaticMembership.KEY);
            assertThat(byName).isEqualTo(workload.kind().equals("StatefulSet"));
        });
        assertThat(config(MANIFESTS.one("StatefulSet", "ctstream-worker")).string(WorkerKeys.DELIVERY_MODE))
                .isEqualTo("exactly-once");
        assertThat(config(MANIFESTS.one("Deployment", "ctstream-worker-queue")).string(WorkerKeys.DELIVERY_MODE))
                .isEqualTo("queue");
    }

    @ParameterizedTest
    @MethodSource("scaledObjects")
    void scaledObjectScalesAWorkloadThatIsThere(Manifest scaled) {
        Manifest target = MANIFESTS.one(
                scaled.at("/spec/scaleTargetRef/kind").asText(),
                scaled.at("/spec/scaleTargetRef/name").asText());

        assertThat(role(target)).isEqualTo("worker");
        assertThat(scaled.at("/spec/minReplicaCount").asInt())
                .isBetween(1, scaled.at("/spec/maxReplicaCount").asInt());
        assertThat(Manifests.elements(scaled.at("/spec/triggers"))).allSatisfy(trigger -> {
            boolean kafka = trigger.path("type").asText().equals("kafka");
            var names = new TreeSet<String>();
            trigger.path("metadata").fieldNames().forEachRemaining(names::add);
            assertThat(names).isEqualTo(new TreeSet<>(kafka ? KAFKA_TRIGGER : PROMETHEUS_TRIGGER));
            // KEDA takes strings and nothing else there.
            assertThat(Manifests.elements(trigger.path("metadata"))).allMatch(JsonNode::isTextual);
        });
    }

    @Test
    void exactlyOnceWorkersAreScaledByTheLagOfTheirGroupsAndNotBeyondThePartitions() {
        Manifest scaled = MANIFESTS.one("ScaledObject", "ctstream-worker");
        ServiceConfig worker = config(MANIFESTS.one("StatefulSet", "ctstream-worker"));
        String group = worker.string(WorkerKeys.GROUP_ID);

        assertThat(scaled.at("/spec/maxReplicaCount").asInt()).isEqualTo(worker.integer(CommonKeys.TOPICS_PARTITIONS));
        assertThat(Manifests.elements(scaled.at("/spec/triggers")).map(trigger -> trigger.path("metadata")))
                .extracting(
                        metadata -> metadata.path("consumerGroup").asText(),
                        metadata -> metadata.path("topic").asText(),
                        metadata -> metadata.path("bootstrapServers").asText())
                .containsExactly(
                        tuple(
                                group,
                                Lane.ROUTINE.normalized().topicName(),
                                worker.string(CommonKeys.BOOTSTRAP_SERVERS)),
                        tuple(
                                group + "-stat",
                                Lane.STAT.normalized().topicName(),
                                worker.string(CommonKeys.BOOTSTRAP_SERVERS)));
        Manifest authentication = MANIFESTS.one(
                "TriggerAuthentication",
                scaled.at("/spec/triggers/0/authenticationRef/name").asText());
        assertThat(Manifests.elements(authentication.at("/spec/secretTargetRef")))
                .allSatisfy(reference -> assertThat(MANIFESTS
                                .one("Secret", reference.path("name").asText())
                                .at("/stringData")
                                .has(reference.path("key").asText()))
                        .isTrue());
    }

    @Test
    void queueWorkersAreScaledByMetricsThatTheServicesHave() throws Exception {
        Manifest scaled = MANIFESTS.one("ScaledObject", "ctstream-worker-queue");
        var known = new KnownMetrics();
        List<String> queries = Manifests.elements(scaled.at("/spec/triggers"))
                .map(trigger -> trigger.at("/metadata/query").asText())
                .toList();

        assertThat(queries).hasSize(2).allSatisfy(query -> {
            PromQuery asked = PromQuery.of(query);
            assertThat(asked.metrics())
                    .as(query)
                    .isNotEmpty()
                    .allSatisfy(metric -> assertThat(known.knows(metric)).isTrue());
            assertThat(known.labelsOf(asked.metrics())).containsAll(asked.labels());
        });
    }

    @Test
    void everyFileIsAppliedByAKustomizationExceptTheSecretsToFillIn() throws Exception {
        var listed = new TreeSet<Path>();
        MANIFESTS.of("Kustomization").forEach(kustomization -> {
            listed.add(kustomization.file());
            for (JsonNode resource : kustomization.at("/resources")) {
                Path path = Objects.requireNonNull(kustomization.file().getParent())
                        .resolve(resource.asText())
                        .normalize();
                assertThat(path).exists();
                listed.add(path);
            }
        });

        assertThat(MANIFESTS.all().stream().map(Manifest::file).filter(file -> !file.endsWith("secrets.example.yaml")))
                .isSubsetOf(listed);
    }

    private static String role(Manifest workload) {
        return Manifests.container(workload).at("/args/0").asText();
    }

    /** As the service itself reads it: an unknown key or a value that does not fit throws. */
    private static ServiceConfig config(Manifest workload) {
        String role = role(workload);
        return ServiceConfig.of(
                role,
                Objects.requireNonNull(KEYS.get(role)),
                ConfigSources.merge(null, MANIFESTS.environment(workload), Map.of()));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "No docker-compose.yml above the working directory");
        }
        return folder;
    }
}

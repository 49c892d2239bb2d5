package org.ctstream.cli.it;

import java.util.Map;
import org.ctstream.cli.connect.Connection;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Apache Kafka, Confluent's Schema Registry and PostgreSQL as containers: what production runs on. */
final class ContainerPlatform implements StreamPlatform {
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.3.1");
    private static final DockerImageName REGISTRY = DockerImageName.parse("confluentinc/cp-schema-registry:8.0.2");
    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:17");
    private static final int REGISTRY_PORT = 8081;
    private static final int POSTGRES_PORT = 5432;
    /** Of a database that lives as long as the test. */
    private static final String PASSWORD = "ctstream-test";

    private final Network network = Network.newNetwork();
    private final KafkaContainer kafka =
            new KafkaContainer(KAFKA).withNetwork(network).withListener("kafka:19092");
    private final GenericContainer<?> registry = new GenericContainer<>(REGISTRY)
            .withNetwork(network)
            .withExposedPorts(REGISTRY_PORT)
            .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
            .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://kafka:19092")
            .waitingFor(Wait.forHttp("/subjects").forPort(REGISTRY_PORT));
    private final GenericContainer<?> postgres = new GenericContainer<>(POSTGRES)
            .withExposedPorts(POSTGRES_PORT)
            .withEnv("POSTGRES_DB", "ctstream")
            .withEnv("POSTGRES_USER", "ctstream")
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            // The image starts a first time to set itself up, and a second time for good.
            .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));

    ContainerPlatform() {
        kafka.start();
        registry.start();
        postgres.start();
    }

    @Override
    public Connection connection() {
        return Connection.plain(kafka.getBootstrapServers(), "http://" + address(registry, REGISTRY_PORT));
    }

    @Override
    public Map<String, String> databaseKeys() {
        return Map.of(
                "database.url",
                "jdbc:postgresql://" + address(postgres, POSTGRES_PORT) + "/ctstream",
                "database.user",
                "ctstream",
                "database.password",
                PASSWORD);
    }

    @Override
    public void close() {
        postgres.stop();
        registry.stop();
        kafka.stop();
        network.close();
    }

    private static String address(GenericContainer<?> container, int port) {
        return container.getHost() + ":" + container.getMappedPort(port);
    }
}

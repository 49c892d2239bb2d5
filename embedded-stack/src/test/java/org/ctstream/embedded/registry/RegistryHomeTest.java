package org.ctstream.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryHomeTest {

    @TempDir
    private Path temp;

    @Test
    void buildTreeHasItBesideTheClassesFolderAndBesideTheJar() throws Exception {
        Path runner = distribution(temp.resolve("target/registry"));

        assertThat(find(new Properties(), Map.of(), temp.resolve("target/classes")))
                .isEqualTo(runner);
        assertThat(find(new Properties(), Map.of(), temp.resolve("target/module-1.jar")))
                .isEqualTo(runner);
    }

    @Test
    void installationHasItBesideTheFolderOfTheJars() throws Exception {
        Path runner = distribution(temp.resolve("registry"));

        assertThat(find(new Properties(), Map.of(), temp.resolve("lib/module-1.jar")))
                .isEqualTo(runner);
    }

    @Test
    void propertyIsStrongerThanEnvironmentAndBothThanTheInstallation() throws Exception {
        distribution(temp.resolve("registry"));
        Path byProperty = distribution(temp.resolve("a"));
        Path byEnvironment = distribution(temp.resolve("b"));
        Properties properties = new Properties();
        properties.setProperty(RegistryHome.PROPERTY, temp.resolve("a").toString());
        Map<String, String> environment =
                Map.of(RegistryHome.ENVIRONMENT, temp.resolve("b").toString());
        Path ownJar = temp.resolve("lib/module-1.jar");

        assertThat(find(properties, environment, ownJar)).isEqualTo(byProperty);
        assertThat(find(new Properties(), environment, ownJar)).isEqualTo(byEnvironment);
    }

    @Test
    void namedPlaceWithoutADistributionIsAnErrorEvenIfAnotherPlaceHasOne() throws Exception {
        distribution(temp.resolve("registry"));
        Properties properties = new Properties();
        properties.setProperty(RegistryHome.PROPERTY, temp.resolve("empty").toString());

        assertThatThrownBy(() -> find(properties, Map.of(), temp.resolve("lib/module-1.jar")))
                .isInstanceOf(RegistryNotFoundException.class)
                .hasMessageContaining(temp.resolve("empty").toString())
                .hasMessageContaining(RegistryHome.PROPERTY)
                .hasMessageContaining(RegistryHome.ENVIRONMENT);
    }

    private static Path find(Properties properties, Map<String, String> environment, Path ownLocation) {
        return RegistryHome.runnerJar(properties, environment, ownLocation);
    }

    private static Path distribution(Path folder) throws Exception {
        Files.createDirectories(folder);
        return Files.createFile(folder.resolve("apicurio-registry-app-1.2.3-runner.jar"));
    }
}

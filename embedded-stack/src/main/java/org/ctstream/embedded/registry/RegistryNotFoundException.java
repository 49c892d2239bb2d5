package org.ctstream.embedded.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ctstream.embedded.part.EmbeddedException;

/** The unpacked distribution of the schema registry is in none of the places where it may be. */
public final class RegistryNotFoundException extends EmbeddedException {

    private static final long serialVersionUID = 1L;

    RegistryNotFoundException(List<Path> places) {
        super("The schema registry's distribution was not found (expected apicurio-registry-app-VERSION-runner.jar in "
                + places.stream().map(Path::toString).collect(Collectors.joining(" or "))
                + "). In a build tree run 'mvn -pl embedded-stack generate-resources'; elsewhere set the system property "
                + RegistryHome.PROPERTY + " or the environment variable " + RegistryHome.ENVIRONMENT
                + " to the unpacked folder.");
    }
}

package org.ctstream.embedded.registry;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unpacked distribution of the schema registry, which is too big for a class path and has one of its own.
 *
 * <p>In this order:
 *
 * <ol>
 *   <li>the system property {@value #PROPERTY} or the environment variable {@value #ENVIRONMENT}; if one is set, no other
 *       place counts;
 *   <li>the folder {@code registry} beside this module's jar or classes folder (a build tree);
 *   <li>the folder {@code registry} beside the folder that holds the jar (an installation with its jars in {@code lib}).
 * </ol>
 */
public final class RegistryHome {

    public static final String PROPERTY = "ctstream.registry.home";
    public static final String ENVIRONMENT = "CTSTREAM_REGISTRY_HOME";

    private static final String FOLDER = "registry";
    private static final String RUNNER = "apicurio-registry-app-*-runner.jar";

    private RegistryHome() {}

    /**
     * The jar that runs the registry; its manifest names the others.
     *
     * @throws RegistryNotFoundException if no place has one
     */
    public static Path runnerJar() {
        return runnerJar(System.getProperties(), System.getenv(), ownLocation());
    }

    static Path runnerJar(Properties properties, Map<String, String> environment, Path ownLocation) {
        List<Path> places = places(properties, environment, ownLocation);
        for (Path place : places) {
            Path runner = runnerIn(place);
            if (runner != null) {
                return runner;
            }
        }
        throw new RegistryNotFoundException(places);
    }

    private static List<Path> places(Properties properties, Map<String, String> environment, Path ownLocation) {
        String named = properties.getProperty(PROPERTY, environment.get(ENVIRONMENT));
        if (named != null && !named.isBlank()) {
            return List.of(Path.of(named).toAbsolutePath());
        }
        List<Path> places = new ArrayList<>();
        Path beside = ownLocation.toAbsolutePath().getParent();
        for (int i = 0; i < 2 && beside != null; i++, beside = beside.getParent()) {
            places.add(beside.resolve(FOLDER));
        }
        return places;
    }

    private static @Nullable Path runnerIn(Path place) {
        if (!Files.isDirectory(place)) {
            return null;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place, RUNNER)) {
            for (Path runner : found) {
                return runner;
            }
            return null;
        } catch (IOException e) {
            return null; // unreadable is as good as absent: the error lists the place
        }
    }

    private static Path ownLocation() {
        try {
            return Path.of(RegistryHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("This module's classes are not in a directory or jar", e);
        }
    }
}

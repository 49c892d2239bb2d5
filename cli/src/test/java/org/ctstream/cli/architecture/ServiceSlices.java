package org.ctstream.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** The services, each as one slice. */
final class ServiceSlices implements SliceAssignment {
    private static final List<String> SERVICES = List.of("gateway", "ingest", "worker", "sink", "trainer");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SERVICES.stream()
                .filter(service -> isIn(type, "org.ctstream." + service))
                .findFirst()
                .map(SliceIdentifier::of)
                .orElse(SliceIdentifier.ignore());
    }

    @Override
    public String getDescription() {
        return "the services gateway, ingest, worker, sink and trainer";
    }

    private static boolean isIn(JavaClass type, String parent) {
        return type.getPackageName().equals(parent) || type.getPackageName().startsWith(parent + ".");
    }
}

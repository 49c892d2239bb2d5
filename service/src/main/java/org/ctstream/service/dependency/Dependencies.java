package org.ctstream.service.dependency;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependency.Need;
import org.ctstream.service.health.HealthParts;

/** The dependencies that services have in common. */
public final class Dependencies {
    private static final String WAITS = "nothing is lost, and it goes on by itself when it is back";

    private Dependencies() {}

    /** The brokers and the schema registry, which every service needs. */
    public static List<Dependency> ofEveryService(ServiceConfig config) {
        return List.of(broker(config), registry(config));
    }

    /** The model store a release was opened from: the service goes on with that one. */
    public static Dependency servedModelStore(Path folder) {
        return modelStore(
                folder, false, "it goes on with the release it serves, takes no other, and could not be started again");
    }

    /** The model store that releases are put into, which may have none yet. */
    public static Dependency filledModelStore(Path folder) {
        return modelStore(folder, true, "no training can begin or be finished");
    }

    private static Dependency modelStore(Path folder, boolean mayBeEmpty, String meanwhile) {
        return new Dependency(
                HealthParts.MODEL_STORE,
                "The model store " + folder.toAbsolutePath(),
                Need.TO_START,
                meanwhile,
                () -> new FolderProbe(folder, mayBeEmpty));
    }

    private static Dependency broker(ServiceConfig config) {
        return new Dependency(
                HealthParts.BROKER_REACHABLE,
                "Kafka (" + CommonKeys.BOOTSTRAP_SERVERS + "=" + config.string(CommonKeys.BOOTSTRAP_SERVERS) + ")",
                Need.TO_WORK,
                WAITS,
                () -> new BrokerProbe(config));
    }

    /** Without its URL, which may have a password in it; the client's message names it without. */
    private static Dependency registry(ServiceConfig config) {
        return new Dependency(
                HealthParts.REGISTRY_REACHABLE,
                "The schema registry (" + CommonKeys.SCHEMA_REGISTRY_URL + ")",
                Need.TO_WORK,
                WAITS,
                () -> new RegistryProbe(config));
    }
}

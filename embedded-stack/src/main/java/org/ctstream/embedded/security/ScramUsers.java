package org.ctstream.embedded.security;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.ctstream.embedded.part.EmbeddedException;

/** Gives a running broker the passwords of the stack's users, as the broker itself. */
public final class ScramUsers {

    private static final int ITERATIONS = 8192;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private ScramUsers() {}

    /** Makes every user's password what the folder says; repeating it changes nothing. */
    public static void bring(SecurityFolder folder, List<StackUser> users, String bootstrapServers) {
        Map<String, Object> configuration = new HashMap<>(folder.kafkaClient(StackUser.BROKER.name()));
        configuration.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        List<UserScramCredentialAlteration> wanted = users.stream()
                .map(user -> (UserScramCredentialAlteration) new UserScramCredentialUpsertion(
                        user.name(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        folder.password(user.name())))
                .collect(Collectors.toList());
        Admin admin = Admin.create(configuration);
        try {
            admin.alterUserScramCredentials(wanted).all().get();
        } catch (ExecutionException e) {
            throw new EmbeddedException(
                    "The broker does not take the passwords in " + folder.directory() + " (" + e.getCause()
                            + "). If that folder was changed or lost, choose a new data folder.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while giving the broker its users", e);
        } finally {
            admin.close(CLOSE_TIMEOUT);
        }
    }
}

package org.ctstream.service.error;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** What a person can do where a broker does not let somebody in, or not do what he wants. */
public final class AccessRemedy {
    private AccessRemedy() {}

    /** The remedy; empty if the failure is of another kind. */
    public static Optional<String> of(Throwable failure) {
        if (failure instanceof SslAuthenticationException) {
            return Optional.of(
                    "see that ssl.truststore.location has the certificate authority of this cluster, and that"
                            + " bootstrap.servers names the hosts its certificates are for");
        }
        if (failure instanceof AuthenticationException) {
            return Optional.of("see that user and password in sasl.jaas.config (or the file named by"
                    + " sasl.jaas.config.file) are those the broker has, and sasl.mechanism is theirs");
        }
        if (failure instanceof AuthorizationException) {
            return Optional.of("give this service's user the right" + on(failure)
                    + " with \"ctstream access apply\" or deploy/security/acls.sh, or log in as the right user; docs/security.md"
                    + " lists what each may do");
        }
        return Optional.empty();
    }

    private static String on(Throwable failure) {
        if (failure instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return " on topic " + String.join(", ", topics.unauthorizedTopics());
        }
        if (failure instanceof GroupAuthorizationException group && group.groupId() != null) {
            return " on group " + group.groupId();
        }
        return "";
    }
}

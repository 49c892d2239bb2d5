package org.ctstream.embedded.broker;

import java.util.Properties;
import org.ctstream.embedded.security.ScramLogin;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.embedded.security.StackUser;

/**
 * Kafka's keys for a broker that lets nobody in unasked: clients and the broker itself by SCRAM over TLS, the controller
 * by certificates over TLS, every right by ACL.
 *
 * <p>The controller uses certificates because SCRAM passwords lie in the metadata log, which a controller has to join
 * before it can read them.
 */
final class BrokerSecurity {

    static final String CLIENTS = "SASL_SSL";
    static final String CONTROLLER = "CONTROLLER";

    private BrokerSecurity() {}

    static void put(Properties p, SecurityFolder folder) {
        String broker = StackUser.BROKER.name();
        p.put("listener.security.protocol.map", CLIENTS + ":SASL_SSL," + CONTROLLER + ":SSL");
        p.put("inter.broker.listener.name", CLIENTS);
        p.put("sasl.enabled.mechanisms", ScramLogin.MECHANISM);
        p.put("sasl.mechanism.inter.broker.protocol", ScramLogin.MECHANISM);
        p.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", folder.jaas(broker));
        p.put("listener.name.controller.ssl.client.auth", "required");
        p.put("ssl.keystore.type", "PEM");
        p.put("ssl.keystore.location", folder.brokerKeyStore().toString());
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", folder.authority().toString());
        p.put("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
        // A certificate's common name is the user, as a SCRAM user's name is.
        p.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT");
        p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.put("allow.everyone.if.no.acl.found", "false");
        p.put("super.users", "User:" + broker);
    }
}

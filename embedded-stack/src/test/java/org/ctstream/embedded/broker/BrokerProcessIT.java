package org.ctstream.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.PortTakenException;
import org.ctstream.embedded.process.Orphans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerProcessIT {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(40);

    @TempDir
    private Path temp;

    @Test
    void acknowledgedRecordsSurviveAKillAndTheAddressStays() throws Exception {
        try (BrokerProcess broker = process(EmbeddedBrokerSettings.in(temp.resolve("kafka")))) {
            broker.start();
            String address = broker.bootstrapServers();
            RecordsClient client = new RecordsClient(address);
            client.createTopic("kept", Map.of());
            client.produce("kept", RecordsClient.numbered(50));

            broker.kill();
            assertThat(broker.isRunning()).isFalse();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(client.readAll("kept")).containsExactly(RecordsClient.numbered(50));
        }
    }

    @Test
    void failuresInTheChildArriveWithTheirType() throws Exception {
        EmbeddedBrokerSettings settings =
                EmbeddedBrokerSettings.in(temp.resolve("kafka")).withClusterId("AAAAAAAAAAAAAAAAAAAAAQ");
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker owner = new EmbeddedBroker(settings)) {
            assertThatThrownBy(process(settings.withPorts(occupant.getLocalPort(), 0))::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("127.0.0.1:" + occupant.getLocalPort());

            owner.start();
            assertThatThrownBy(process(settings)::start).isInstanceOf(DirectoryInUseException.class);

            owner.stop();
            assertThatThrownBy(process(settings.withClusterId("AAAAAAAAAAAAAAAAAAAAAg"))::start)
                    .isInstanceOf(ClusterIdMismatchException.class)
                    .hasMessageContaining("AAAAAAAAAAAAAAAAAAAAAQ");
        }
    }

    @Test
    void brokerEndsWithinTwoSecondsWhenItsParentIsKilled() throws Exception {
        Path ready = temp.resolve("ready");
        EmbeddedBrokerSettings settings = EmbeddedBrokerSettings.in(temp.resolve("kafka"));
        List<String> arguments = new ArrayList<>(settings.toArguments());
        arguments.add(BrokerMain.READY_FILE + "=" + ready);

        Duration life = Orphans.lifeAfterParentIsKilled(
                temp, settings.dataDirectory(), ready, BrokerMain.class.getName(), arguments);

        assertThat(life).isLessThan(Duration.ofSeconds(2));
    }

    private BrokerProcess process(EmbeddedBrokerSettings settings) {
        return new BrokerProcess(settings, temp.resolve("broker.log"), START_TIMEOUT);
    }
}

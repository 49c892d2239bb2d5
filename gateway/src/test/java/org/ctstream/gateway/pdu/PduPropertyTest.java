package org.ctstream.gateway.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.Peer.Context;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;
import org.ctstream.gateway.pdu.Pdu.DataTransfer;

class PduPropertyTest {
    private static final int LONGEST_DATA = 8_192;

    @Property(tries = 2_000)
    void anyBytesAreDataUnitsOrAreRefused(@ForAll @Size(max = 600) byte[] bytes) throws IOException {
        readAll(bytes);
    }

    @Property(tries = 2_000)
    void changedRequestIsReadOrRefused(@ForAll int seed, @ForAll @IntRange(min = 1, max = 40) int changes)
            throws IOException {
        byte[] bytes = Peer.usualRequest();
        var random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }

        readAll(bytes);
    }

    @Property(tries = 300)
    void requestIsReadAsItWasWritten(
            @ForAll @IntRange(max = 128) int count, @ForAll @IntRange(min = 1, max = 5) int syntaxes, @ForAll int seed)
            throws Exception {
        List<Integer> ids =
                new ArrayList<>(IntStream.range(0, 128).mapToObj(i -> 2 * i + 1).toList());
        Collections.shuffle(ids, new Random(seed));
        List<Context> contexts = ids.stream()
                .limit(count)
                .map(id -> new Context(
                        id,
                        "1.2." + id,
                        IntStream.range(0, syntaxes).mapToObj(i -> "1.3." + i).toList()))
                .toList();

        Pdu pdu = new PduReader(
                        new ByteArrayInputStream(Peer.request("CALLED", "CALLING", 4096, contexts)), LONGEST_DATA)
                .read();

        assertThat(pdu)
                .isInstanceOfSatisfying(
                        AssociateRequest.class,
                        request -> assertThat(request.contexts())
                                .extracting(
                                        read -> new Context(read.id(), read.abstractSyntax(), read.transferSyntaxes()))
                                .isEqualTo(contexts));
    }

    @Property(tries = 300)
    void commandComesThroughWhateverThePeersMaximumIs(
            @ForAll @Size(min = 1, max = 5_000) byte[] command, @ForAll @IntRange(min = 64, max = 6_000) int maximum)
            throws Exception {
        var wire = new ByteArrayOutputStream();

        new PduWriter(wire).command(3, command, maximum);

        var in = new ByteArrayInputStream(wire.toByteArray());
        var read = new ByteArrayOutputStream();
        boolean last = false;
        var reader = new PduReader(in, maximum);
        while (in.available() > 0) {
            assertThat(last).isFalse();
            for (Fragment fragment : ((DataTransfer) Objects.requireNonNull(reader.read())).fragments()) {
                assertThat(fragment.command()).isTrue();
                fragment.writeTo(read);
                last = fragment.last();
            }
        }
        assertThat(last).isTrue();
        assertThat(read.toByteArray()).isEqualTo(command);
    }

    private static void readAll(byte[] bytes) throws IOException {
        var reader = new PduReader(new ByteArrayInputStream(bytes), LONGEST_DATA);
        try {
            while (reader.read() != null) {
                // What it says is for others to check.
            }
        } catch (PduException | EOFException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

package org.ctstream.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.intake.FileMeta;
import org.junit.jupiter.api.Test;

class AssociationPropertyTest {
    private static final byte[] DATA_SET = new byte[600];
    private static final byte[] CONVERSATION = Peer.join(
            Peer.usualRequest(),
            Peer.data(1, true, true, Peer.echo(1)),
            Peer.data(3, true, true, Peer.store(2, Peer.CT, "1.2.3.4")),
            Peer.data(3, false, false, Arrays.copyOf(DATA_SET, 300)),
            Peer.data(3, false, true, Arrays.copyOfRange(DATA_SET, 300, 600)),
            Peer.release());

    @Test
    void objectIsHandedOverAsAPart10FileInTheAgreedTransferSyntax() {
        var run = new AssociationRun(CONVERSATION);

        assertThat(run.stored()).singleElement().satisfies(object -> {
            var meta = new FileMeta(Peer.CT, "1.2.3.4", Peer.EXPLICIT);
            assertThat(object.announced()).isEqualTo(meta);
            assertThat(FileMeta.of(object.file())).contains(meta);
            assertThat(object.file()).isEqualTo(Peer.join(meta.bytes(), DATA_SET));
            assertThat(object.source()).isEqualTo("CT1");
        });
        assertThat(run.leaked()).isZero();
    }

    @Property(tries = 500)
    void objectIsHandedOverOnlyIfItsLastByteHasCome(@ForAll @IntRange(max = 2_000) int length) {
        int said = Math.min(length, CONVERSATION.length);

        var run = new AssociationRun(Arrays.copyOf(CONVERSATION, said));

        assertThat(run.stored()).hasSize(said >= CONVERSATION.length - Peer.release().length ? 1 : 0);
        assertThat(run.leaked()).isZero();
    }

    @Property(tries = 3_000)
    void changedConversationEndsAndNothingIsKept(@ForAll int seed, @ForAll @IntRange(min = 1, max = 20) int changes) {
        byte[] said = CONVERSATION.clone();
        var random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            said[random.nextInt(said.length)] = (byte) random.nextInt();
        }

        var run = new AssociationRun(said);

        assertThat(run.leaked()).isZero();
        assertThat(run.stored()).hasSizeLessThanOrEqualTo(1);
    }
}

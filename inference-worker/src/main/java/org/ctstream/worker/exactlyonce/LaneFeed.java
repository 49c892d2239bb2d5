package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.consume.Inbox;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.publish.Outbox;

/** Takes a lane's records from its inbox to the engine, as far as there is room. For one thread, the lane's. */
final class LaneFeed {
    /** Handed over together: one hand-over costs little then, and an idle engine does not wait long for its first. */
    private static final int MOST_AT_ONCE = 16;

    private final Lane lane;
    private final Inbox inbox;
    private final EnginePipeline engine;
    private final Outbox outbox;
    private final int readAhead;

    /** @param readAhead undecoded records that are enough: for all batches the engine takes at once */
    LaneFeed(Lane lane, Inbox inbox, EnginePipeline engine, Outbox outbox, int readAhead) {
        this.lane = lane;
        this.inbox = inbox;
        this.engine = engine;
        this.outbox = outbox;
        this.readAhead = readAhead;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        inbox.add(record);
    }

    boolean isEmpty() {
        return inbox.isEmpty();
    }

    boolean wantsMore() {
        return inbox.size() < readAhead;
    }

    /** True if records wait and nothing can be done with them before the engine or the publishing is further. */
    boolean isHeldUp() {
        return !inbox.isEmpty() && room() == 0;
    }

    /** Waits for room, but not for long. */
    void awaitRoom(Duration atMost) {
        if (outbox.size(lane) < readAhead) {
            engine.awaitRoom(lane, atMost);
        } else {
            outbox.awaitSettled(lane, atMost);
        }
    }

    /** Waits until some of the lane's results are published, but not for long. */
    void awaitSettled(Duration atMost) {
        outbox.awaitSettled(lane, atMost);
    }

    /** Decodes and hands to the engine as far as there is room; true if anything moved. */
    boolean run() {
        int before = inbox.size();
        List<PendingScan> decoded = decode();
        while (!decoded.isEmpty()) {
            engine.submit(decoded);
            decoded = decode();
        }
        return inbox.size() < before;
    }

    /** Forgets records of partitions that are no longer ours. What the engine has of theirs is dropped when it comes out. */
    void dropForeign() {
        inbox.dropForeign();
    }

    private List<PendingScan> decode() {
        var decoded = new ArrayList<PendingScan>(MOST_AT_ONCE);
        inbox.decode(Math.min(room(), MOST_AT_ONCE), decoded::add);
        return decoded;
    }

    /** Results that cannot be published hold up the lane too, or they would fill the memory. */
    private int room() {
        return outbox.size(lane) < readAhead ? engine.room(lane) : 0;
    }
}

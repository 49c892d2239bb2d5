package org.ctstream.gateway.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers one object's bytes, in pieces, within the limit of one object and the memory of all. Past either it lets go of
 * what it has and only counts.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class ObjectBuffer implements AutoCloseable {
    private static final int FIRST_PIECE = 1024;
    private static final int LARGEST_PIECE = 1 << 20;

    private final MemoryBudget budget;
    private final long limit;
    private final List<byte[]> pieces = new ArrayList<>();
    private int inLast;
    private long held;
    private long length;
    private Optional<Outcome.Refused> refused = Optional.empty();

    /** @param limit most bytes of one object */
    public ObjectBuffer(MemoryBudget budget, long limit) {
        this.budget = budget;
        this.limit = limit;
    }

    public void append(byte[] bytes, int offset, int count) {
        length += count;
        if (refused.isPresent()) {
            return;
        }
        if (length > limit) {
            refuse(Reason.TOO_LARGE, "more than " + limit + " bytes");
            return;
        }
        int at = offset;
        int left = count;
        while (left > 0) {
            if ((pieces.isEmpty() || inLast == last().length) && !grow()) {
                refuse(Reason.NO_MEMORY, "too many objects at once");
                return;
            }
            int some = Math.min(left, last().length - inLast);
            System.arraycopy(bytes, at, last(), inLast, some);
            inLast += some;
            at += some;
            left -= some;
        }
    }

    /** Bytes appended, also those that were let go. */
    public long length() {
        return length;
    }

    /** Why the object cannot be had, if it cannot. */
    public Optional<Outcome.Refused> refused() {
        return refused;
    }

    /**
     * The object in one piece. Its memory is counted until {@link #close}.
     *
     * @throws IllegalStateException if it is refused
     */
    public byte[] whole() {
        if (refused.isPresent()) {
            throw new IllegalStateException("The object was let go: " + refused.get());
        }
        byte[] whole = new byte[(int) length];
        int at = 0;
        for (byte[] piece : pieces) {
            int some = Math.min(piece.length, whole.length - at);
            System.arraycopy(piece, 0, whole, at, some);
            at += some;
        }
        pieces.clear();
        return whole;
    }

    /** Gives back what it took. */
    @Override
    public void close() {
        pieces.clear();
        budget.giveBack(held);
        held = 0;
    }

    private byte[] last() {
        return pieces.get(pieces.size() - 1);
    }

    private boolean grow() {
        int size = pieces.isEmpty() ? FIRST_PIECE : Math.min(LARGEST_PIECE, 2 * last().length);
        if (!budget.take(size)) {
            return false;
        }
        held += size;
        pieces.add(new byte[size]);
        inLast = 0;
        return true;
    }

    private void refuse(Reason reason, String comment) {
        refused = Optional.of(new Outcome.Refused(reason, comment));
        close();
    }
}

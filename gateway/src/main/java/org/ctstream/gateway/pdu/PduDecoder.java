package org.ctstream.gateway.pdu;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;
import org.ctstream.gateway.pdu.Pdu.DataTransfer;
import org.ctstream.gateway.pdu.Pdu.ProposedContext;

/**
 * Turns the value of a data unit into what it says. Nothing is trusted: every length is checked against what is there, and
 * numbers of items are bounded by the length of the data unit.
 *
 * @see "DICOM PS3.8 9.3.2 to 9.3.8"
 */
final class PduDecoder {
    private static final int TITLE_BYTES = 16;
    private static final int RESERVED_AFTER_TITLES = 32;
    private static final int MOST_CONTEXTS = 128;

    private PduDecoder() {}

    static Pdu decode(int type, byte[] body) throws PduException {
        return switch (type) {
            case PduType.ASSOCIATE_RQ -> associateRequest(new PduBytes(body, "A-ASSOCIATE-RQ"));
            case PduType.DATA_TF -> dataTransfer(new PduBytes(body, "P-DATA-TF"));
            case PduType.RELEASE_RQ -> new Pdu.ReleaseRequest();
            case PduType.ABORT -> abort(new PduBytes(body, "A-ABORT"));
            case PduType.ASSOCIATE_AC -> new Pdu.Unexpected("A-ASSOCIATE-AC");
            case PduType.ASSOCIATE_RJ -> new Pdu.Unexpected("A-ASSOCIATE-RJ");
            case PduType.RELEASE_RP -> new Pdu.Unexpected("A-RELEASE-RP");
            default -> throw new PduException(AbortReason.UNRECOGNIZED_PDU, "PDU of type %02XH".formatted(type));
        };
    }

    private static Pdu abort(PduBytes in) throws PduException {
        in.skip(2);
        return new Pdu.Abort(in.u8(), in.u8());
    }

    private static Pdu dataTransfer(PduBytes in) throws PduException {
        var fragments = new ArrayList<Fragment>();
        while (in.hasMore()) {
            long length = in.u32();
            if (length < 2) {
                throw in.invalid("an item of " + length + " bytes (expected: 2 or more)");
            }
            int contextId = in.u8();
            int control = in.u8();
            fragments.add(in.fragment(contextId, (control & 1) != 0, (control & 2) != 0, length - 2));
        }
        if (fragments.isEmpty()) {
            throw in.invalid("it is empty (expected: one item or more)");
        }
        return new DataTransfer(fragments);
    }

    private static Pdu associateRequest(PduBytes in) throws PduException {
        int version = in.u16();
        in.skip(2);
        String called = in.text(TITLE_BYTES);
        String calling = in.text(TITLE_BYTES);
        in.skip(RESERVED_AFTER_TITLES);
        String applicationContext = "";
        long maximumLength = 0;
        var contexts = new ArrayList<ProposedContext>();
        while (in.hasMore()) {
            int item = in.u8();
            in.skip(1);
            PduBytes value = in.part(in.u16(), "item %02XH of A-ASSOCIATE-RQ".formatted(item));
            switch (item) {
                case ItemType.APPLICATION_CONTEXT -> applicationContext = value.uid();
                case ItemType.PRESENTATION_CONTEXT_RQ -> contexts.add(proposedContext(value));
                case ItemType.USER_INFORMATION -> maximumLength = maximumLength(value);
                default -> {
                    // Of a later edition, or none of a storage provider's business.
                }
            }
        }
        check(in, contexts);
        return new AssociateRequest(version, called, calling, applicationContext, contexts, maximumLength);
    }

    private static void check(PduBytes in, List<ProposedContext> contexts) throws PduException {
        if (contexts.size() > MOST_CONTEXTS) {
            throw in.invalid(contexts.size() + " presentation contexts (expected: at most " + MOST_CONTEXTS + ")");
        }
        var ids = new HashSet<Integer>();
        for (ProposedContext context : contexts) {
            if (context.id() % 2 == 0 || !ids.add(context.id())) {
                throw in.invalid("presentation context id " + context.id() + " (expected: odd numbers, each once)");
            }
        }
    }

    private static ProposedContext proposedContext(PduBytes in) throws PduException {
        int id = in.u8();
        in.skip(3);
        String abstractSyntax = "";
        var transferSyntaxes = new ArrayList<String>();
        while (in.hasMore()) {
            int item = in.u8();
            in.skip(1);
            PduBytes value = in.part(in.u16(), "item %02XH of a presentation context".formatted(item));
            if (item == ItemType.ABSTRACT_SYNTAX) {
                abstractSyntax = value.uid();
            } else if (item == ItemType.TRANSFER_SYNTAX) {
                transferSyntaxes.add(value.uid());
            }
        }
        if (abstractSyntax.isEmpty() || transferSyntaxes.isEmpty()) {
            throw in.invalid("presentation context " + id + " names "
                    + (abstractSyntax.isEmpty() ? "no abstract syntax" : "no transfer syntax"));
        }
        return new ProposedContext(id, abstractSyntax, transferSyntaxes);
    }

    private static long maximumLength(PduBytes in) throws PduException {
        long maximumLength = 0;
        while (in.hasMore()) {
            int item = in.u8();
            in.skip(1);
            PduBytes value = in.part(in.u16(), "item %02XH of the user information".formatted(item));
            if (item == ItemType.MAXIMUM_LENGTH) {
                maximumLength = value.u32();
            }
        }
        if (maximumLength != 0 && maximumLength < PduWriter.LEAST_DATA) {
            throw in.invalid(
                    "a maximum length of " + maximumLength + " (expected: 0 or at least " + PduWriter.LEAST_DATA + ")");
        }
        return maximumLength;
    }
}

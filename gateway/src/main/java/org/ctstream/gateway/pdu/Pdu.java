package org.ctstream.gateway.pdu;

import java.util.List;

/**
 * What a peer may send to a storage provider.
 *
 * @see "DICOM PS3.8 9.3, DICOM Upper Layer Protocol Data Units"
 */
public sealed interface Pdu {
    /** Name as in the standard, for messages. */
    String name();

    /**
     * A peer's wish for an association.
     *
     * @param protocolVersion bits, the lowest of which stands for version 1
     * @param calledTitle the 16 bytes that name us, as sent
     * @param callingTitle the 16 bytes that name the peer, as sent
     * @param applicationContext UID; DICOM has one
     * @param maximumLength longest P-DATA-TF value the peer takes, in bytes; 0 means any
     */
    record AssociateRequest(
            int protocolVersion,
            String calledTitle,
            String callingTitle,
            String applicationContext,
            List<ProposedContext> contexts,
            long maximumLength)
            implements Pdu {
        public AssociateRequest {
            contexts = List.copyOf(contexts);
        }

        @Override
        public String name() {
            return "A-ASSOCIATE-RQ";
        }
    }

    /**
     * A kind of object and the encodings the peer has for it.
     *
     * @param id odd, 1 to 255
     */
    record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
        public ProposedContext {
            transferSyntaxes = List.copyOf(transferSyntaxes);
        }
    }

    /** Parts of messages. */
    record DataTransfer(List<Fragment> fragments) implements Pdu {
        public DataTransfer {
            fragments = List.copyOf(fragments);
        }

        @Override
        public String name() {
            return "P-DATA-TF";
        }
    }

    /** The peer has said all it wanted to. */
    record ReleaseRequest() implements Pdu {
        @Override
        public String name() {
            return "A-RELEASE-RQ";
        }
    }

    /** The peer ends the association at once. */
    record Abort(int source, int reason) implements Pdu {
        @Override
        public String name() {
            return "A-ABORT";
        }
    }

    /** What only a requestor of associations should get. */
    record Unexpected(String name) implements Pdu {}
}

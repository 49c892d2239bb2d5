package org.ctstream.gateway.pdu;

/**
 * What becomes of one proposed presentation context.
 *
 * @param id the proposed one's
 * @param transferSyntax the one chosen; not significant unless accepted
 * @see "DICOM PS3.8 Table 9-18"
 */
public record ContextAnswer(int id, Result result, String transferSyntax) {
    /** Result/Reason. */
    public enum Result {
        ACCEPTANCE(0),
        ABSTRACT_SYNTAX_NOT_SUPPORTED(3),
        TRANSFER_SYNTAXES_NOT_SUPPORTED(4);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}

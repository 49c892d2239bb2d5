package org.ctstream.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.ctstream.schemas.avro.ScanReceived;

/**
 * Tells Avro that the generated classes may be instantiated for a schema's name. Avro 1.12.2 trusts no class by default
 * and keeps its rule per JVM, so this widens whatever rule is in force by our one package, once. Other packages remain
 * the operator's to trust, with the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}.
 */
public final class TrustedRecords {
    private static final String PACKAGE = ScanReceived.class.getPackageName();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(PACKAGE)));
    }

    private TrustedRecords() {}

    /**
     * Makes sure that the rule is in force. The serializers and {@link Serializers} do so themselves; code that copies
     * or reads our records with bare Avro, {@code newBuilder(other)} included, has to call it first.
     */
    public static void trust() {
        // The work is done when this class loads.
    }
}

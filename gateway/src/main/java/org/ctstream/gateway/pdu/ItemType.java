package org.ctstream.gateway.pdu;

/**
 * The kinds of items inside an A-ASSOCIATE data unit that mean something to a storage provider; others are skipped, as
 * PS3.8 9.3.1 wants it.
 *
 * @see "DICOM PS3.8 9.3.2 and Annex D, PS3.7 Annex D.3.3"
 */
final class ItemType {
    static final int APPLICATION_CONTEXT = 0x10;
    static final int PRESENTATION_CONTEXT_RQ = 0x20;
    static final int PRESENTATION_CONTEXT_AC = 0x21;
    static final int ABSTRACT_SYNTAX = 0x30;
    static final int TRANSFER_SYNTAX = 0x40;
    static final int USER_INFORMATION = 0x50;
    static final int MAXIMUM_LENGTH = 0x51;
    static final int IMPLEMENTATION_CLASS_UID = 0x52;
    static final int IMPLEMENTATION_VERSION_NAME = 0x55;

    private ItemType() {}
}

/** The protocol data units of DICOM's upper layer, as bytes and as values. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.pdu;

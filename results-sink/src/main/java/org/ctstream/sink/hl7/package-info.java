/** Alerts as HL7 version 2 messages over MLLP. */
@NullMarked
package org.ctstream.sink.hl7;

import org.jspecify.annotations.NullMarked;

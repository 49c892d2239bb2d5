/** Alerts as FHIR R4 reports. */
@NullMarked
package org.ctstream.sink.fhir;

import org.jspecify.annotations.NullMarked;

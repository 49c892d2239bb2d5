/** The error taxonomy: what kind of failure decides what happens to the record. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.error;

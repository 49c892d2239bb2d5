/** The inference worker: normalized scans in, classified scans out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker;

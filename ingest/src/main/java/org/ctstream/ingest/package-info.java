/** The ingest service: received scans become normalized scans or dead letters, exactly once. */
@org.jspecify.annotations.NullMarked
package org.ctstream.ingest;

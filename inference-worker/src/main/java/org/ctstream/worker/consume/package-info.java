/** Reading normalized scans: decoding, assignment and back-pressure. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.consume;

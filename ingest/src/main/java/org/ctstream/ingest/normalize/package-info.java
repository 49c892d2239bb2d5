/** One received scan to one normalized scan. */
@org.jspecify.annotations.NullMarked
package org.ctstream.ingest.normalize;

/** What ingest measures. */
@org.jspecify.annotations.NullMarked
package org.ctstream.ingest.metrics;

/** Scans on their way through the worker. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.batch;

/** What the worker measures. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.metrics;

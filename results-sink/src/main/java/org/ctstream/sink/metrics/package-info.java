/** What the sink measures. */
@org.jspecify.annotations.NullMarked
package org.ctstream.sink.metrics;

/** The stream: services as processes on a real broker, measured from outside. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.stream;

/** A broker, a registry and services as processes on this machine, and what can be seen of them from outside. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.cluster;

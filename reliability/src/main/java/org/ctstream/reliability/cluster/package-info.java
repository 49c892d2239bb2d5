/** Brokers, registry, database and services as processes on this machine, to be killed, paused and started again. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.cluster;

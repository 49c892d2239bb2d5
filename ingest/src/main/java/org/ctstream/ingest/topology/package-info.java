/** The Kafka Streams topology, apart from the process that runs it. */
@org.jspecify.annotations.NullMarked
package org.ctstream.ingest.topology;

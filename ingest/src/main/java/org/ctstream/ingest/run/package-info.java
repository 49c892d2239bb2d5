/** Running the topology: failures, waiting for what is away, signs of life. */
@org.jspecify.annotations.NullMarked
package org.ctstream.ingest.run;

/** Running the engine on batches, isolating what it cannot take. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.predict;

/** Writing results, dead letters and offsets in one transaction. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.publish;

/** Delivery by consumer groups: results, dead letters and offsets in one transaction, with a consumer for each lane. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.exactlyonce;

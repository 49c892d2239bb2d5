/** Tests of delivery by consumer groups. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.exactlyonce;

/** Which release is served: pinned, or the newest in production, swapped while scans go on. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.model;

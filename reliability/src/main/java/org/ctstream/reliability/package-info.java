/** Programs that break ctstream on purpose and count what comes out of it. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability;

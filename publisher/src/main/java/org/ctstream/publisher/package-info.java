/** Publishing scans: what every publisher of ctstream does between a file and its record. */
@org.jspecify.annotations.NullMarked
package org.ctstream.publisher;

/** Bounded decoding of untrusted scan bytes into grey slices. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging;

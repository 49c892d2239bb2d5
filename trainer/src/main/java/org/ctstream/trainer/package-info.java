/** The trainer: labelled scans in, a better model out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer;

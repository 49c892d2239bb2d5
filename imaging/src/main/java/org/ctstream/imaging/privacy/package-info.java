/** Takes out of encoded scans what says who was scanned. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.privacy;

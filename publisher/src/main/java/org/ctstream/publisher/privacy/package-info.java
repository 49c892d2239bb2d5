/** Takes out of scans what identifies a patient, before they leave the publisher. */
@org.jspecify.annotations.NullMarked
package org.ctstream.publisher.privacy;

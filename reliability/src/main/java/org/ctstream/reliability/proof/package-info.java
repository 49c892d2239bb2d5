/** The programs. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.proof;

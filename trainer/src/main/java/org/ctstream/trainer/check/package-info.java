/** Checks before a long run. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.check;

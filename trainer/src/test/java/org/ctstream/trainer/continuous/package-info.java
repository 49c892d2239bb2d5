/** Tests of continuous training. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.continuous;

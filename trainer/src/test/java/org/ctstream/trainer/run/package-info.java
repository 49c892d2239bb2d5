/** A run of several phases, in a folder of its own. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.run;

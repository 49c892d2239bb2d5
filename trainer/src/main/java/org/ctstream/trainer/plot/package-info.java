/** Pictures of a run and of an evaluation, and the epochs as text. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.plot;

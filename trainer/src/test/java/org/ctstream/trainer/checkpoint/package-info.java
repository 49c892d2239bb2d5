/** States of training on disk, whole or not there. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.checkpoint;

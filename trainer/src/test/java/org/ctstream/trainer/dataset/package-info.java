/** Data sets of labelled images. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.dataset;

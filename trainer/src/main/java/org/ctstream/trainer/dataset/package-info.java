/** Labelled images: from the topic or from lists into a local content-addressed data set. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.dataset;

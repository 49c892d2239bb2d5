/** Drift: whether what comes from a source today is still like what the model was made on, and like before. */
@org.jspecify.annotations.NullMarked
package org.ctstream.sink.drift;

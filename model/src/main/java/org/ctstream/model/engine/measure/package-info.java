/** Measures classifiers against each other: how fast in the same run, and how far their predictions are apart. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.measure;

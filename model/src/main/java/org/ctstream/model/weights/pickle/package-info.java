/**
 * Reads Python pickles without running anything they name: classes come from a list the caller gives, and what a file
 * claims is checked against its size before memory is taken for it.
 */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.weights.pickle;

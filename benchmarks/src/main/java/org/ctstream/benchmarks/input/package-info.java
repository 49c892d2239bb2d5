/** What the programs measure with: phantom slices by seed, or files of the user's. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.input;

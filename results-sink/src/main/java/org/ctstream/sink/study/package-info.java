/** Studies: when the results of their slices are rolled up, and how that is published. */
@NullMarked
package org.ctstream.sink.study;

import org.jspecify.annotations.NullMarked;

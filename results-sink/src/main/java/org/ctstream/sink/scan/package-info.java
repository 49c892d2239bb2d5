/** Reads the records a result came from, one by one and only when somebody looks. */
@NullMarked
package org.ctstream.sink.scan;

import org.jspecify.annotations.NullMarked;

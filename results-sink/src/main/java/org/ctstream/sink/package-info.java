/** Stores every classification once, raises an alert for each positive, and shows both. */
@NullMarked
package org.ctstream.sink;

import org.jspecify.annotations.NullMarked;

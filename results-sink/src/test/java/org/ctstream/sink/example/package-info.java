/** Examples that the guides show. */
@NullMarked
package org.ctstream.sink.example;

import org.jspecify.annotations.NullMarked;

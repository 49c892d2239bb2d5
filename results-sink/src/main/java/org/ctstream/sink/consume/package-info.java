/** Reads classifications and carries each poll through the database and Kafka. */
@NullMarked
package org.ctstream.sink.consume;

import org.jspecify.annotations.NullMarked;

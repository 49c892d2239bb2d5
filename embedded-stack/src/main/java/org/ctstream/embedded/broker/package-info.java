/** A single-node Kafka broker, in this JVM or in one of its own. */
@NullMarked
package org.ctstream.embedded.broker;

import org.jspecify.annotations.NullMarked;

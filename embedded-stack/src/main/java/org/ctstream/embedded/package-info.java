/** A Kafka broker and a schema registry on this machine, started and ended together, without containers. */
@NullMarked
package org.ctstream.embedded;

import org.jspecify.annotations.NullMarked;

/** Delivers alerts from the outbox to their endpoints, again until each has it or is given up. */
@NullMarked
package org.ctstream.sink.deliver;

import org.jspecify.annotations.NullMarked;

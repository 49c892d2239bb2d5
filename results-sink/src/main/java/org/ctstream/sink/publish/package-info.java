/** What every part has in common that keeps a row first, then publishes it, and only then calls it done. */
@NullMarked
package org.ctstream.sink.publish;

import org.jspecify.annotations.NullMarked;

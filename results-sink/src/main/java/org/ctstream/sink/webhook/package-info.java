/** Alerts as signed HTTP requests. */
@NullMarked
package org.ctstream.sink.webhook;

import org.jspecify.annotations.NullMarked;

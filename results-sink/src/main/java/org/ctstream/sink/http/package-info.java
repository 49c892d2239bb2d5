/** The HTTP API and the page that lists results. */
@NullMarked
package org.ctstream.sink.http;

import org.jspecify.annotations.NullMarked;

/** Confirmed cases that a network sees as a scan is alike: their embeddings, kept in memory, and the nearest of them. */
@NullMarked
package org.ctstream.sink.similar;

import org.jspecify.annotations.NullMarked;

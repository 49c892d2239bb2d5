/** Promotions from the page: who may, what they ask of a candidate, and the announcement. */
@NullMarked
package org.ctstream.sink.models;

import org.jspecify.annotations.NullMarked;

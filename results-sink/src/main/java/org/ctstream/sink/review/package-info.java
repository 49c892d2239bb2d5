/** Readers' reviews: kept, published as labelled scans, and never called done before Kafka has them. */
@NullMarked
package org.ctstream.sink.review;

import org.jspecify.annotations.NullMarked;

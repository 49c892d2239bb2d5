/** Programs that measure what the review page asks of the results database. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.page;

/** Micro benchmarks in JMH: each part that every scan passes, beside the least that could be done instead. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.micro;

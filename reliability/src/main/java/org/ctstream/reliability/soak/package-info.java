/** What a process holds on to, sampled over a long time: memory, threads, files, meters. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.soak;

/** Blows against processes, by a seed: killed or paused, and brought back. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.storm;

/** Counts what was received against what was stored and what is a dead letter, and names every scan that is neither. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.verify;

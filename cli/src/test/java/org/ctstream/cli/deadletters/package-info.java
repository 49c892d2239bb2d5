/** Dead letters: reading and redriving. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.deadletters;

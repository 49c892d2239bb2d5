/** The command that searches settings of a phase at random. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.train.search;

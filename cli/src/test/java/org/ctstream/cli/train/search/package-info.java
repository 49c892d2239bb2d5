/** Tests of the search command. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.train.search;

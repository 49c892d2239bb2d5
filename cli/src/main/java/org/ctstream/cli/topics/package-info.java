/** Showing and creating the topics of the catalogue. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.topics;

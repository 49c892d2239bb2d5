/** One run from published files to stored results, with every scan accounted for. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.demo;

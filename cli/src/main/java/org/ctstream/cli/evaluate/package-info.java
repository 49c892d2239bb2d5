/** {@code ctstream evaluate}: how well a release does on a list of labelled images. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.evaluate;

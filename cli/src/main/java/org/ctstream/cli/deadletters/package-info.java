/** Looking at dead letters and sending them back. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.deadletters;

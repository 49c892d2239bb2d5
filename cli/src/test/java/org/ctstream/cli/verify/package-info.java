/** Tests: Counting scans. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.verify;

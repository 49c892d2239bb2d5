/** The whole of ctstream on this machine, kept running. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.up;

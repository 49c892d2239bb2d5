/** Publishing files as scans. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.publish;

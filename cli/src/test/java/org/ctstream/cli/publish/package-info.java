/** Publishing files. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.publish;

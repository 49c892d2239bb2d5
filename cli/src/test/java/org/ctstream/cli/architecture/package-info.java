/** Which module may know which. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.architecture;

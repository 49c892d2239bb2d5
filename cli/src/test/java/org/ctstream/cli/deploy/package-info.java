/** Keeps the files that containers are built and started from honest, without a container engine. */
@NullMarked
package org.ctstream.cli.deploy;

import org.jspecify.annotations.NullMarked;

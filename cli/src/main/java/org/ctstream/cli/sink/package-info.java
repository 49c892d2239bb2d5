/** The results sink's HTTP API, as commands ask it. */
@NullMarked
package org.ctstream.cli.sink;

import org.jspecify.annotations.NullMarked;

/** What the system view shows of the cluster: lag, dead letters by cause, models. */
@NullMarked
package org.ctstream.sink.watch;

import org.jspecify.annotations.NullMarked;

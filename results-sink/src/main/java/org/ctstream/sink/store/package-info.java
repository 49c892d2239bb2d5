/** The database: results, alerts, dead letters and the offsets they were read up to. */
@NullMarked
package org.ctstream.sink.store;

import org.jspecify.annotations.NullMarked;

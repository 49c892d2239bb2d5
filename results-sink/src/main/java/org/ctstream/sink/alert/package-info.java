/** Publishes alerts, dead letters and group offsets in one Kafka transaction. */
@NullMarked
package org.ctstream.sink.alert;

import org.jspecify.annotations.NullMarked;

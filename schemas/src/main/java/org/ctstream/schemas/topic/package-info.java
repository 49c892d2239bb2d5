/** The topic catalogue: names, records, partitions, retention and size limits, in one place. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.topic;

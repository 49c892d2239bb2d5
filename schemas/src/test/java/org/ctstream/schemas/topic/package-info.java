/** Tests of the topic catalogue. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.topic;

/** Creating and checking the topics of the catalogue. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.topic;

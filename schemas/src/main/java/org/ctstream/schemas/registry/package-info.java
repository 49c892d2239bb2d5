/** A small client of Confluent's schema registry REST API, with an in-memory stand-in for {@code mock://} URLs. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.registry;

/** What a service knows of its own fitness. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.health;

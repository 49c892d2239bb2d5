/** What a service depends on, and the watch that says within seconds when one of these is away and when it is back. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.dependency;

/** The HTTP port every service opens: liveness, readiness, metrics and its own routes. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.http;

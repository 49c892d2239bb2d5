/** Running a service from start to a drained stop. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.lifecycle;

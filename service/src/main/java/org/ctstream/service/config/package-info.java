/** Configuration from defaults, file, environment and flags, checked as a whole before anything starts. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.config;

/** Child JVMs that never outlive the JVM that started them. */
@NullMarked
package org.ctstream.embedded.process;

import org.jspecify.annotations.NullMarked;

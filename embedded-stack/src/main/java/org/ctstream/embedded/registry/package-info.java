/** The schema registry as a process of its own. */
@NullMarked
package org.ctstream.embedded.registry;

import org.jspecify.annotations.NullMarked;

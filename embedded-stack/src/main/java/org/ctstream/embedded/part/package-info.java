/** What every part of the stack has in common: its life cycle, its errors, and the port and directory it owns. */
@NullMarked
package org.ctstream.embedded.part;

import org.jspecify.annotations.NullMarked;

/** What a name that was not found most likely meant. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.names;

/** Who may connect, what is agreed on, and the life of one connection. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.association;

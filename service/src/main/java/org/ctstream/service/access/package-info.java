/** Who may do what at the broker: one list, from which ACLs, scripts and documentation come. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.access;

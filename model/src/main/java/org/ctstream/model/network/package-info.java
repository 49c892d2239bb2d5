/** The networks, as layouts of named parameters and as DJL blocks. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.network;

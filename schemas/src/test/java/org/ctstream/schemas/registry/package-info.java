/** Tests of the registry client. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.registry;

/** Certificates, passwords and tokens of a secure stack on this machine, made at its first start. */
@NullMarked
package org.ctstream.embedded.security;

import org.jspecify.annotations.NullMarked;

/** DICOMweb's store transaction over HTTP. */
@org.jspecify.annotations.NullMarked
package org.ctstream.gateway.stow;

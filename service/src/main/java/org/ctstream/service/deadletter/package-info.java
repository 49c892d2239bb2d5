/** Dead letters: the original record and the reason it could not pass. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.deadletter;

/** Words and numbers as people read them. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.text;

/** What all programs share: options, a folder that stays if a promise is broken, a verdict, the section they write. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.program;

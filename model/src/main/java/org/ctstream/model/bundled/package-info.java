/** The release this program brings along, served as long as none is announced. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.bundled;

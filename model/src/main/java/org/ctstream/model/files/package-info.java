/** Files and folders as a whole: written in one step, deleted with all that is in them. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.files;

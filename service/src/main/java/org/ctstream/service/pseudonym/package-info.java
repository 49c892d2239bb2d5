/** Keyed pseudonyms for what identifies a patient or a study. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.pseudonym;

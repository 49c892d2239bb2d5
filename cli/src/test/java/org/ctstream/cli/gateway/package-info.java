/** The PACS gateway as its own process, with DICOM clients that share no line with it. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.gateway;

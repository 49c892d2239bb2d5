/** S3-compatible object stores: places in them, and the client. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.objectstore;

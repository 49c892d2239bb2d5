/** Tests of the serializers. */
@org.jspecify.annotations.NullMarked
package org.ctstream.schemas.serde;

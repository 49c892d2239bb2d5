package org.ctstream.model.weights;

/** Element types a safetensors file may hold, by the names the format gives them. */
public enum ElementType {
    BOOL(1),
    U8(1),
    I8(1),
    I16(2),
    F16(2),
    BF16(2),
    I32(4),
    F32(4),
    I64(8),
    F64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}

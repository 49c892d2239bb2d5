package org.ctstream.model.weights;

/** Element types a file of weights may hold, by the names the safetensors format gives them. */
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

    /** Whether elements are floating-point numbers, which a network can take as its float32 parameters. */
    public boolean isFloating() {
        return this == F16 || this == BF16 || this == F32 || this == F64;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}

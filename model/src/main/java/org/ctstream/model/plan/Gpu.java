package org.ctstream.model.plan;

/**
 * One of this machine's NVIDIA GPUs, as its driver names it.
 *
 * @param name for example {@code NVIDIA A10}
 * @param computeCapability for example {@code 8.6}
 * @param driver version of the driver, for example {@code 535.161.08}
 * @param partitioned true if it is divided into instances (MIG), of which a process gets one
 */
public record Gpu(String name, String computeCapability, String driver, boolean partitioned) {
    public Gpu {
        if (name.isBlank() || computeCapability.isBlank()) {
            throw new IllegalArgumentException(
                    "a GPU has a name and a compute capability, found '" + name + "', '" + computeCapability + "'");
        }
    }

    /** Whether a plan made for one of the two runs as well on the other. */
    boolean isSameModelAs(Gpu other) {
        return name.equals(other.name) && computeCapability.equals(other.computeCapability);
    }

    @Override
    public String toString() {
        return name + " (compute capability " + computeCapability + ", driver " + driver + ")";
    }
}

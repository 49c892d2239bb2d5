package org.ctstream.model.classify;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a network runs. */
public sealed interface Device {
    /** The host's processor. */
    Device CPU = new Cpu();

    /** A device by its name: {@code cpu}, {@code gpu} (the first), {@code gpu:N} or {@code gpu-N}. */
    static Device parse(String name) {
        if (name.toLowerCase(Locale.ROOT).equals("cpu")) {
            return CPU;
        }
        Matcher gpu = Gpu.NAME.matcher(name.toLowerCase(Locale.ROOT));
        if (!gpu.matches()) {
            throw new IllegalArgumentException(
                    "unknown device '" + name + "': expected cpu, gpu or gpu:N with N from 0 to 99");
        }
        return new Gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
    }

    /** The host's processor; its name is {@code cpu}. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An accelerator; its name is {@code gpu-N}.
     *
     * @param index position among the machine's accelerators, from 0
     */
    record Gpu(int index) implements Device {
        private static final Pattern NAME = Pattern.compile("gpu(?:[:-](\\d{1,2}))?");

        public Gpu {
            if (index < 0) {
                throw new IllegalArgumentException("a gpu's index is 0 or more, found " + index);
            }
        }

        @Override
        public String toString() {
            return "gpu-" + index;
        }
    }
}

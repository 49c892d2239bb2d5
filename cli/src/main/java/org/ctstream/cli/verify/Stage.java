package org.ctstream.cli.verify;

import java.util.Arrays;

/** Where a scan can be seen, in the order of its way. */
enum Stage {
    RECEIVED('r'),
    NORMALIZED('n'),
    CLASSIFIED('c'),
    DEAD_LETTER('d'),
    REDRIVEN('b'),
    STORED('s');

    private final char code;

    Stage(char code) {
        this.code = code;
    }

    /** What stands for it on disk. */
    char code() {
        return code;
    }

    static Stage of(int code) {
        return Arrays.stream(values())
                .filter(stage -> stage.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("code " + code + " (expected: that of a stage)"));
    }
}

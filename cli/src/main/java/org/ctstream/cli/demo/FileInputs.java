package org.ctstream.cli.demo;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.cli.CliException;
import org.ctstream.cli.publish.ScanFiles;
import org.ctstream.publisher.ScanInput;

/** Files to publish: every regular file below a folder, whatever it holds; bad ones become dead letters. */
final class FileInputs {
    private FileInputs() {}

    /** @param count the first so many, by name; 0 takes all */
    static List<ScanInput> of(Path folder, int count) {
        List<ScanFiles.Found> found = ScanFiles.in(List.of(folder));
        if (found.isEmpty()) {
            throw CliException.usage("There are no files below " + folder, null);
        }
        return found.stream()
                .limit(count == 0 ? found.size() : count)
                .map(file -> ScanInput.ofFile(file.name(), file.path()))
                .toList();
    }
}

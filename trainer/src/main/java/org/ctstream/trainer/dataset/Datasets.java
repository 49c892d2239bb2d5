package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.service.fetch.Sha256;

/** Makes data sets of local lists, without Kafka. */
public final class Datasets {
    private Datasets() {}

    /**
     * Reads lists and keeps their images in a folder, which may be shared by several processes and data sets and be
     * deleted whenever no data set made of it is in use. A row that cannot be used is reported by {@link Dataset#rejected}
     * and holds up nothing. Images of a list have the name of its folder as their origin.
     *
     * @param lists CSV files by split (see {@link LabelList}); paths in them may not leave the list's folder
     * @param cacheDir where encoded bytes and slices are kept; made if absent
     * @throws DatasetException if a list cannot be read, a test image also stands in training or validation, or the disk
     *     is full
     */
    public static Dataset fromCsv(Map<Split, List<Path>> lists, Path cacheDir) {
        var folder = new ImageFolder(cacheDir, DecodeLimits.DEFAULTS);
        var rejected = new ArrayList<Rejected>();
        var entries = new ArrayList<LabelEntry>();
        for (Split split : Split.values()) {
            for (Path path : lists.getOrDefault(split, List.of())) {
                LabelList list = LabelList.read(path, false);
                rejected.addAll(list.rejected());
                // Decoding dominates and images are independent; the order of the results is the list's.
                for (Read read : list.rows().parallelStream()
                        .map(row -> keep(row, split, list.folderName(), folder))
                        .toList()) {
                    read.addTo(entries, rejected);
                }
            }
        }
        Resolution resolution = Resolver.resolve(entries, 0);
        List<Rejected> all =
                Stream.concat(rejected.stream(), resolution.rejected().stream()).toList();
        return new Dataset(folder, resolution.images(), all, Map.of());
    }

    private static Read keep(LabelList.Row row, Split split, String origin, ImageFolder folder) {
        try {
            byte[] content = Files.readAllBytes(row.path());
            String digest = Sha256.hex(content);
            folder.put(digest, content);
            return new Kept(new LabelEntry(row.source(), digest, row.positive(), split, origin, row.line()));
        } catch (IOException e) {
            return new Refused(new Rejected(
                    row.source(),
                    "path",
                    "the file cannot be read: " + e.getClass().getSimpleName(),
                    "check that it is there and that this process may read it"));
        } catch (ScanDecodeException e) {
            return new Refused(new Rejected(row.source(), e.field(), e.detail(), e.remedy()));
        }
    }

    /** What became of one row. */
    private sealed interface Read {
        void addTo(List<LabelEntry> entries, List<Rejected> rejected);
    }

    private record Kept(LabelEntry entry) implements Read {
        @Override
        public void addTo(List<LabelEntry> entries, List<Rejected> rejected) {
            entries.add(entry);
        }
    }

    private record Refused(Rejected why) implements Read {
        @Override
        public void addTo(List<LabelEntry> entries, List<Rejected> rejected) {
            rejected.add(why);
        }
    }
}

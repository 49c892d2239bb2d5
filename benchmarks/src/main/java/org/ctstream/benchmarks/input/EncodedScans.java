package org.ctstream.benchmarks.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.cli.CliException;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.publisher.MediaTypes;
import org.ctstream.publisher.ScanInput;

/**
 * Encoded scans, held in memory so that no disk is measured.
 *
 * @param contents the encoded bytes of each, and its media type's file ending
 * @param description what they are, for the conditions
 */
public record EncodedScans(List<Encoded> contents, String description) {
    public EncodedScans {
        contents = List.copyOf(contents);
    }

    /**
     * One scan.
     *
     * @param name neutral: a file's own name may tell of a patient
     * @param bytes encoded; shared, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Encoded(String name, byte[] bytes) {
        /** As something to publish. */
        public ScanInput input() {
            return new ScanInput(name, bytes.length, MediaTypes.ofName(name), () -> bytes);
        }
    }

    /** Phantoms of 512 x 512: PNG and DICOM in turn, half of them with opacities. */
    public static EncodedScans phantoms(int count, long seed) {
        var slices = new PhantomSlices();
        List<Encoded> scans = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> phantom(slices.generate(seed + i, i / 2 % 2 == 1), i))
                .toList();
        return new EncodedScans(scans, count + " phantoms of 512 x 512, PNG and DICOM in turn");
    }

    /** Files; those that ingest would refuse are left out. */
    public static EncodedScans files(List<Path> files) {
        var decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
        List<Encoded> scans = files.stream().map(EncodedScans::read).toList();
        List<Encoded> good =
                scans.stream().filter(scan -> decodes(decoder, scan)).toList();
        if (good.isEmpty()) {
            throw CliException.usage("None of the " + files.size() + " files is a scan that can be decoded", null);
        }
        return new EncodedScans(good, good.size() + " real scans from files");
    }

    public int size() {
        return contents.size();
    }

    /** The i-th, beginning again after the last. */
    public Encoded get(int i) {
        return contents.get(i % contents.size());
    }

    private static Encoded phantom(Phantom phantom, int i) {
        return i % 2 == 0
                ? new Encoded("scan-" + i + ".png", phantom.toPng())
                : new Encoded("scan-" + i + ".dcm", phantom.toDicom());
    }

    private static Encoded read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return new Encoded("scan" + name.substring(Math.max(0, name.lastIndexOf('.'))), Files.readAllBytes(file));
        } catch (IOException e) {
            throw CliException.usage("Cannot read " + file + ": " + e, e);
        }
    }

    private static boolean decodes(ScanDecoder decoder, Encoded scan) {
        try {
            decoder.decode(scan.bytes());
            return true;
        } catch (ScanDecodeException e) {
            return false;
        }
    }
}

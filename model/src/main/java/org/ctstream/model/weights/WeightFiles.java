package org.ctstream.model.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.ctstream.model.weights.pickle.PickleException;

/**
 * Reads weights from a file whatever its format: safetensors, or torch's state dicts ({@code .pth}) in the zip or the
 * legacy layout. The format is told by the content, not by the name.
 *
 * <p>The names that DenseNets had until torchvision 0.2, such as {@code denselayer1.norm.1.weight}, become today's,
 * {@code denselayer1.norm1.weight}.
 *
 * <p>A file is untrusted when it is read: its size is bounded, nothing it names is run.
 */
public final class WeightFiles {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    /** A pickle of protocol 2 that holds torch's magic number, ten bytes long. */
    private static final byte[] LEGACY = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19
    };
    /** Where the header of a safetensors file begins, behind its length. */
    private static final int HEADER = 8;

    private static final Pattern OLD_DENSE_NET = Pattern.compile("(\\.denselayer\\d+\\.(?:norm|conv))\\.([12]\\.)");

    private WeightFiles() {}

    /**
     * Reads a file.
     *
     * @throws WeightsException.Unreadable if there is no such file, it is of none of the formats, or not well-formed
     */
    public static Weights read(Path file) {
        try {
            byte[] start = start(file);
            if (startsWith(start, ZIP)) {
                return withTodaysNames(file, TorchFile.readZip(file));
            }
            if (startsWith(start, LEGACY)) {
                return withTodaysNames(file, TorchFile.readLegacy(file));
            }
            if (start.length > HEADER && start[HEADER] == '{') {
                return withTodaysNames(file, SafeTensors.read(file));
            }
        } catch (PickleException | ZipException e) {
            throw new WeightsException.Unreadable(
                    "the weights file " + file + " is no well-formed file of torch: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new WeightsException.Unreadable("cannot read the weights file " + file + ": " + e, e);
        }
        throw new WeightsException.Unreadable(
                "the weights file " + file
                        + " is neither a safetensors file nor one that torch saved (.pth, .pt); convert"
                        + " it with torch.save(model.state_dict(), ...) or safetensors",
                null);
    }

    private static byte[] start(Path file) throws IOException {
        long size = Files.size(file);
        if (size > SafeTensors.MAX_FILE_BYTES) {
            throw new WeightsException.Unreadable(
                    "the weights file " + file + " is too large: up to " + SafeTensors.MAX_FILE_BYTES
                            + " bytes expected, found " + size,
                    null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LEGACY.length);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static Weights withTodaysNames(Path file, Weights weights) {
        SortedMap<String, Tensor> renamed = new TreeMap<>();
        weights.tensors().forEach((name, tensor) -> {
            String today = OLD_DENSE_NET.matcher(name).replaceFirst("$1$2");
            if (renamed.put(today, tensor) != null) {
                throw new WeightsException.Unreadable(
                        "the weights file " + file + " has tensor " + today + " under its old and its new name", null);
            }
        });
        return new Weights(weights.metadata(), renamed);
    }
}

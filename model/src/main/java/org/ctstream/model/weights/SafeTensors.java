package org.ctstream.model.weights;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;

/**
 * Reads and writes weights as a safetensors file: eight bytes of header length, little-endian; the header, JSON; the
 * elements of all tensors without a gap.
 *
 * <p>A file is untrusted when it is read: its size and its header are bounded, and the header has to describe the file to
 * the byte before anything is taken from it. The same weights always make the same bytes: tensors lie in the order of
 * their names and the header is padded to eight bytes.
 *
 * @see "Safetensors format, version 0.x: github.com/huggingface/safetensors"
 */
public final class SafeTensors {
    /** Largest file that is read: twice the largest network this product knows. */
    public static final long MAX_FILE_BYTES = 1L << 29;

    private static final int LENGTH_BYTES = Long.BYTES;

    private SafeTensors() {}

    /**
     * Reads a file. The elements stay in the file, mapped into memory, so that large weights take no room on the heap: as
     * long as the weights are used the file may be deleted or replaced by another, but not be written into. Releases and
     * checkpoints never are, and {@link #write(Weights, Path)} replaces.
     *
     * @throws WeightsException.Unreadable if there is no such file, or it is no well-formed safetensors file
     */
    public static Weights read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException e) {
            throw new WeightsException.Unreadable("cannot read the weights file " + file + ": " + e, e);
        } catch (MalformedHeaderException e) {
            throw new WeightsException.Unreadable(
                    "the weights file " + file + " is no well-formed safetensors file: " + e.getMessage(), e);
        }
    }

    private static Weights read(FileChannel file) throws IOException, MalformedHeaderException {
        long fileBytes = file.size();
        if (fileBytes < LENGTH_BYTES || fileBytes > MAX_FILE_BYTES) {
            throw new MalformedHeaderException(
                    "its size is from " + LENGTH_BYTES + " to " + MAX_FILE_BYTES + " bytes, found " + fileBytes);
        }
        long headerBytes = next(LENGTH_BYTES, file).getLong();
        long most = Math.min(SafeTensorsHeader.MAX_BYTES, fileBytes - LENGTH_BYTES);
        if (headerBytes < 2 || headerBytes > most) {
            throw new MalformedHeaderException(
                    "its header has from 2 to " + most + " bytes, found " + Long.toUnsignedString(headerBytes));
        }
        byte[] header = next((int) headerBytes, file).array();
        long elementBytes = fileBytes - LENGTH_BYTES - headerBytes;
        SafeTensorsHeader parsed = SafeTensorsHeader.parse(header, elementBytes);
        ByteBuffer elements = file.map(FileChannel.MapMode.READ_ONLY, file.position(), elementBytes);
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        parsed.entries()
                .forEach((name, entry) ->
                        tensors.put(name, new Tensor(entry.type(), entry.shape(), entry.in(elements))));
        return new Weights(parsed.metadata(), tensors);
    }

    private static ByteBuffer next(int bytes, FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    /** Writes a file, replacing one that is there; weights that were read from that one stay as they are. */
    public static void write(Weights weights, Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".writing");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                write(weights, out);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a file's bytes; the stream stays open. */
    public static void write(Weights weights, OutputStream out) throws IOException {
        byte[] header = SafeTensorsHeader.of(weights).toJson();
        out.write(ByteBuffer.allocate(LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        @SuppressWarnings("resource") // closing the channel would close the caller's stream
        WritableByteChannel channel = Channels.newChannel(out);
        for (Tensor tensor : weights.tensors().values()) {
            ByteBuffer data = tensor.data();
            while (data.hasRemaining()) {
                channel.write(data);
            }
        }
    }
}

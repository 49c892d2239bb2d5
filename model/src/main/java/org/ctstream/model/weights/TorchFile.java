package org.ctstream.model.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ctstream.model.weights.pickle.Names;
import org.ctstream.model.weights.pickle.PickleException;
import org.ctstream.model.weights.pickle.Unpickler;

/**
 * Reads state dicts that torch saved, as torchvision publishes them.
 *
 * <p>The zip layout, since torch 1.6: {@code <any>/data.pkl}, a pickle in which storages are mentioned by key, and their
 * elements in {@code <any>/data/<key>}, never compressed. The legacy layout: one after the other a pickled magic number,
 * version, description of the machine, the pickle as above, the pickled list of the storages' keys, and for each of them
 * its length and elements.
 *
 * <p>A file is untrusted: nothing it names is run, and no more memory is taken than a few times its size.
 *
 * @see "torch/serialization.py of PyTorch"
 */
final class TorchFile {
    private static final long LEGACY_VERSION = 1001;
    private static final String PICKLE = "data.pkl";

    /** For pickles that may hold plain values alone. */
    private static final Names NOTHING = new Names() {
        @Override
        public Object global(String module, String name) throws PickleException {
            throw new PickleException("it names " + module + "." + name + " where only numbers and texts belong");
        }

        @Override
        public Object persistent(Object identity) throws PickleException {
            throw new PickleException("it refers to a storage where only numbers and texts belong");
        }
    };

    private TorchFile() {}

    /** Reads the zip layout. */
    static Weights readZip(Path file) throws IOException, PickleException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String folder = folder(zip);
            checkByteOrder(zip, folder);
            ZipEntry pickle = zip.getEntry(folder + PICKLE);
            TorchStateDict dict =
                    TorchStateDict.read(ByteBuffer.wrap(content(zip, pickle, TorchStateDict.MAX_PICKLE_BYTES)));
            long fileBytes = Files.size(file);
            long left = fileBytes;
            Map<String, ByteBuffer> storages = new HashMap<>();
            for (TorchStorage storage : dict.storages().values()) {
                ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
                if (entry == null || entry.getSize() != storage.bytes()) {
                    throw new PickleException("storage " + storage.key() + " has " + storage.bytes()
                            + " bytes in the pickle, found " + (entry == null ? "none" : entry.getSize()));
                }
                storages.put(storage.key(), ByteBuffer.wrap(content(zip, entry, left)));
                left -= storage.bytes();
            }
            return dict.weights(storages, fileBytes);
        }
    }

    /** Reads the legacy layout. */
    static Weights readLegacy(Path file) throws IOException, PickleException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        plain(bytes); // the magic number, by which the layout was known
        if (!(plain(bytes) instanceof Long version) || version != LEGACY_VERSION) {
            throw new PickleException("its layout is not version " + LEGACY_VERSION);
        }
        if (!(plain(bytes) instanceof Map<?, ?> machine) || !Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new PickleException("its numbers are not little-endian");
        }
        TorchStateDict dict = TorchStateDict.read(bytes);
        if (!(plain(bytes) instanceof List<?> keys)) {
            throw new PickleException("the list of its storages is missing");
        }
        Map<String, ByteBuffer> storages = new HashMap<>();
        for (Object key : keys) {
            TorchStorage storage = key instanceof String text ? dict.storages().get(text) : null;
            if (storage == null) {
                throw new PickleException("it has a storage that its pickle does not mention");
            }
            storages.put(storage.key(), elements(bytes, storage));
        }
        return dict.weights(storages, bytes.capacity());
    }

    private static ByteBuffer elements(ByteBuffer bytes, TorchStorage storage) throws PickleException {
        if (bytes.remaining() < Long.BYTES) {
            throw new PickleException("it ends before storage " + storage.key());
        }
        long elements = bytes.getLong();
        if (elements != storage.elements() || storage.bytes() > bytes.remaining()) {
            throw new PickleException("storage " + storage.key() + " has " + storage.elements()
                    + " elements in the pickle, found " + elements + " and " + bytes.remaining() + " bytes");
        }
        int begin = bytes.position();
        bytes.position(begin + (int) storage.bytes());
        return bytes.slice(begin, (int) storage.bytes());
    }

    private static Object plain(ByteBuffer bytes) throws PickleException {
        return new Unpickler(bytes, NOTHING).load();
    }

    /** Name of the one folder in a torch zip, with the slash behind it; torch takes it from the file's name. */
    private static String folder(ZipFile zip) throws PickleException {
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            if (name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/')) {
                return name.substring(0, name.length() - PICKLE.length());
            }
        }
        throw new PickleException("it is a zip, but has no " + PICKLE + ": torch did not save it");
    }

    private static void checkByteOrder(ZipFile zip, String folder) throws IOException, PickleException {
        ZipEntry order = zip.getEntry(folder + "byteorder");
        if (order != null) {
            String found = new String(content(zip, order, Byte.MAX_VALUE), StandardCharsets.US_ASCII);
            if (!found.equals("little")) {
                throw new PickleException("its numbers are not little-endian");
            }
        }
    }

    /** An entry's bytes; torch compresses none, so that a claimed size cannot exceed the file's. */
    private static byte[] content(ZipFile zip, ZipEntry entry, long most) throws IOException, PickleException {
        long size = entry.getSize();
        if (entry.getMethod() != ZipEntry.STORED || size > most || size != entry.getCompressedSize()) {
            throw new PickleException("entry " + entry.getName() + " is compressed or larger than " + most + " bytes");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length != size) {
                throw new PickleException("entry " + entry.getName() + " ends early");
            }
            return bytes;
        }
    }
}

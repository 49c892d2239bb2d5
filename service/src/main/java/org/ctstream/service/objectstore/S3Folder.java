package org.ctstream.service.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a bucket, {@code s3://bucket/prefix/}, and the names of the objects in it. What a URI names is judged by its
 * text alone: another bucket, a key outside the prefix, and every spelling that a client, a proxy or a store might resolve
 * to one are not in the folder.
 *
 * @param bucket name of the bucket
 * @param prefix start of the keys of all objects in the folder: empty, or with a slash at its end
 */
public record S3Folder(String bucket, String prefix) {
    private static final String SCHEME = "s3";

    /** Longest key of an object, in bytes, that S3 takes. */
    private static final int MAX_KEY_BYTES = 1024;

    /** S3 itself wants small letters; older and compatible stores know capitals and underscores too. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

    public S3Folder {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("the bucket's name is none (expected: 3 to 63 letters, digits, dots,"
                    + " underscores or hyphens, a letter or digit first and last)");
        }
        if (!prefix.isEmpty() && (!prefix.endsWith("/") || !isPlain(prefix.substring(0, prefix.length() - 1)))) {
            throw new IllegalArgumentException(
                    "the prefix is no folder (expected: names with a slash after each, none of"
                            + " them empty, a dot or two dots, and no control characters)");
        }
        if (prefix.getBytes(UTF_8).length > MAX_KEY_BYTES / 2) {
            throw new IllegalArgumentException("the prefix is longer than " + MAX_KEY_BYTES / 2 + " bytes");
        }
    }

    /** Whether a URI's scheme is that of object stores. */
    public static boolean isScheme(@Nullable String scheme) {
        return SCHEME.equalsIgnoreCase(scheme);
    }

    /**
     * The folder a URI names.
     *
     * @param uri {@code s3://bucket}, {@code s3://bucket/prefix}; a slash at the end makes no difference
     * @throws IllegalArgumentException if it is no such URI
     */
    public static S3Folder of(URI uri) {
        String bucket = uri.getRawAuthority();
        String path = uri.getPath();
        if (!isScheme(uri.getScheme())
                || bucket == null
                || path == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("it is no URI of a folder of a bucket (expected: s3://bucket/prefix/)");
        }
        String prefix = path.startsWith("/") ? path.substring(1) : path;
        return new S3Folder(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** The key of the object a URI names, if that object lies in this folder. */
    public Optional<String> keyOf(URI uri) {
        String path = uri.getPath();
        if (!isScheme(uri.getScheme())
                || !bucket.equals(uri.getRawAuthority())
                || path == null
                || !path.startsWith("/")
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || UnclearPaths.isUnclear(uri.getRawPath())) {
            return Optional.empty();
        }
        String key = path.substring(1);
        return key.startsWith(prefix)
                        && isPlain(key.substring(prefix.length()))
                        && key.getBytes(UTF_8).length <= MAX_KEY_BYTES
                ? Optional.of(key)
                : Optional.empty();
    }

    /** The key of an object in this folder. */
    public String key(String name) {
        if (!isPlain(name)) {
            throw new IllegalArgumentException("the object's name is empty, a dot, two dots or has control characters");
        }
        return prefix + name;
    }

    /** The URI of an object in this folder. */
    public URI uri(String name) {
        return uriOf(key(name));
    }

    /** The URI of the folder itself, with a slash at its end. */
    public URI uri() {
        return uriOf(prefix);
    }

    private URI uriOf(String key) {
        try {
            return new URI(SCHEME, bucket, "/" + key, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("bucket and key were checked", e);
        }
    }

    private static boolean isPlain(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return false;
            }
        }
        return path.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}

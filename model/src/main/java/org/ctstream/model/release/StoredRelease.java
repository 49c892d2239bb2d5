package org.ctstream.model.release;

import java.nio.file.Path;

/**
 * A release and where its weights are.
 *
 * @param release the manifest
 * @param weights the weights file, safetensors; its digest was the manifest's when the store gave it out
 */
public record StoredRelease(ModelRelease release, Path weights) {}

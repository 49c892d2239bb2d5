package org.ctstream.sink.http;

/**
 * The body of every answer that is not 2xx.
 *
 * @param error stable code: {@code bad_parameter}, {@code not_found}, {@code gone}, {@code conflict}, {@code forbidden},
 *     {@code unsupported}, {@code unavailable}, {@code unauthorized}, {@code failed}
 * @param message what was asked for and why it cannot be given
 * @param remedy what the caller can do
 */
public record ApiError(String error, String message, String remedy) {}

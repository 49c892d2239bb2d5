package org.ctstream.sink.http;

/** An answer other than 2xx, decided on while a request is worked on. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError body;

    private ApiException(int status, ApiError body) {
        super(body.message());
        this.status = status;
        this.body = body;
    }

    static ApiException badParameter(String message, String remedy) {
        return new ApiException(400, new ApiError("bad_parameter", message, remedy));
    }

    static ApiException notFound(String message, String remedy) {
        return new ApiException(404, new ApiError("not_found", message, remedy));
    }

    /** 409: what the caller wants contradicts what is there. */
    static ApiException conflict(String message, String remedy) {
        return new ApiException(409, new ApiError("conflict", message, remedy));
    }

    /** 410: it was there and will not come back. */
    static ApiException gone(String message, String remedy) {
        return new ApiException(410, new ApiError("gone", message, remedy));
    }

    /** 403: not from there, or not by anybody. */
    static ApiException forbidden(String message, String remedy) {
        return new ApiException(403, new ApiError("forbidden", message, remedy));
    }

    /** 415: a body of another type. */
    static ApiException unsupported(String message, String remedy) {
        return new ApiException(415, new ApiError("unsupported", message, remedy));
    }

    /** 503: what the answer needs is away. */
    static ApiException unavailable(String message, String remedy) {
        return new ApiException(503, new ApiError("unavailable", message, remedy));
    }

    int status() {
        return status;
    }

    ApiError body() {
        return body;
    }
}

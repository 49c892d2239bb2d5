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

    int status() {
        return status;
    }

    ApiError body() {
        return body;
    }
}

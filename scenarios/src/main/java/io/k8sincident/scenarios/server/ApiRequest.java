package io.k8sincident.scenarios.server;

import com.sun.net.httpserver.HttpExchange;
import io.k8sincident.scenarios.status.StatusException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read to its end.
 *
 * @param method HTTP method
 * @param path the path as it was sent, without the query
 * @param segments the path's parts, decoded
 * @param query the query's first values, decoded
 * @param accept the Accept header, or empty
 * @param contentType the Content-Type header, or empty
 * @param userAgent the User-Agent header, or empty
 * @param body the body's bytes; owned by the request, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ApiRequest(
        String method,
        String path,
        List<String> segments,
        Map<String, String> query,
        String accept,
        String contentType,
        String userAgent,
        byte[] body) {
    /** The API server's own bound on a request body. */
    static final int LARGEST_BODY = 3 * 1024 * 1024;

    /** Copies the collections. */
    public ApiRequest {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    static ApiRequest read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw StatusException.of(
                    413, "RequestEntityTooLarge", "Request entity too large: limit is " + LARGEST_BODY);
        }
        String path = exchange.getRequestURI().getRawPath();
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return new ApiRequest(
                exchange.getRequestMethod(),
                path,
                segments,
                query(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("")),
                header(exchange, "Accept"),
                header(exchange, "Content-Type"),
                header(exchange, "User-Agent"),
                body);
    }

    /** A query parameter's value, or the empty string. */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** Whether a query parameter is true ({@code true} or {@code 1}). */
    boolean flag(String name) {
        return parameter(name).equals("true") || parameter(name).equals("1");
    }

    /** A number from the query; empty where it is absent, 400 where it is none. */
    Optional<Long> number(String name) {
        String value = parameter(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw StatusException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
        }
    }

    /** Who writes, for managedFields: the fieldManager parameter, else the program's name. */
    String fieldManager() {
        String manager = parameter("fieldManager");
        return manager.isEmpty() ? userAgent.split("/", 2)[0] : manager;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (!sides[0].isEmpty()) {
                query.putIfAbsent(decode(sides[0]), sides.length > 1 ? decode(sides[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest("invalid URL escape in \"" + text + "\"");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}

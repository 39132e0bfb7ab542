package io.k8sincident.scenarios.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that is refused with a {@code Status} object, worded as kube-apiserver words it (observed on v1.34). Nothing
 * has been stored when it is thrown.
 */
public final class StatusException extends RuntimeException {
    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private StatusException(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** One field at fault, for {@link #invalid}. Reasons are those of metav1.CauseType. */
    public record Cause(String reason, String field, String message) {
        /** A value that is not allowed; {@code shown} is the value as the message quotes it. */
        public static Cause invalid(String field, String shown, String why) {
            return new Cause("FieldValueInvalid", field, "Invalid value: " + shown + ": " + why);
        }

        /** A field that must not be empty. */
        public static Cause required(String field) {
            return new Cause("FieldValueRequired", field, "Required value");
        }

        /** A field that must not be set, or not be changed. */
        public static Cause forbidden(String field, String why) {
            return new Cause("FieldValueForbidden", field, "Forbidden: " + why);
        }
    }

    /** Any refusal without details. */
    public static StatusException of(int code, String reason, String message) {
        return new StatusException(code, reason, message, Json.object());
    }

    /** 400: the request cannot be understood. */
    public static StatusException badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    /** 404 for an object. */
    public static StatusException notFound(ResourceType type, String name) {
        return new StatusException(
                404, "NotFound", type.qualifiedPlural() + " \"" + name + "\" not found", details(type, name));
    }

    /** 404 for a resource that the cluster does not serve. */
    public static StatusException noSuchResource() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    /** 405: the resource does not have this verb. */
    public static StatusException methodNotAllowed() {
        return of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    /** 409 for a create whose name is taken. */
    public static StatusException alreadyExists(ResourceType type, String name) {
        return new StatusException(
                409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists", details(type, name));
    }

    /** 409 for a write whose resourceVersion is not the stored one. */
    public static StatusException modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** 409 with its own explanation. */
    public static StatusException conflict(ResourceType type, String name, String why) {
        return new StatusException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + name + "\": " + why,
                details(type, name));
    }

    /** 409 for a delete whose preconditions do not hold; the API server names the kind there, not the resource. */
    public static StatusException failedPrecondition(ResourceType type, String name, String why) {
        ObjectNode details = details(type, name).put("kind", type.kind());
        return new StatusException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualifiedKind() + " \"" + name + "\": " + why,
                details);
    }

    /** 410: the asked-for version is no longer in the change log. */
    public static StatusException expired(String message) {
        return of(410, "Expired", message);
    }

    /** 422 with one cause per field. */
    public static StatusException invalid(ResourceType type, String name, List<Cause> causes) {
        return invalid(type.group(), type.kind(), name, causes);
    }

    /** 422 for something that is no stored object, such as a request's options. */
    public static StatusException invalid(String group, String kind, String name, List<Cause> causes) {
        String what = group.isEmpty() ? kind : kind + "." + group;
        List<String> lines = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .distinct()
                .toList();
        String all = lines.size() == 1 ? lines.get(0) : lines.stream().collect(Collectors.joining(", ", "[", "]"));
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        causes.forEach(cause -> details.withArray("causes")
                .addObject()
                .put("reason", cause.reason())
                .put("message", cause.message())
                .put("field", cause.field()));
        return new StatusException(422, "Invalid", what + " \"" + name + "\" is invalid: " + all, details);
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }

    /** The machine-readable reason ({@code NotFound}, {@code Conflict}, …); empty where the API server has none. */
    public String reason() {
        return reason;
    }

    /** The {@code Status} object to answer with. */
    public ObjectNode body() {
        ObjectNode body = Json.object().put("kind", "Status").put("apiVersion", "v1");
        body.putObject("metadata");
        body.put("status", "Failure").put("message", String.valueOf(getMessage()));
        if (!reason.isEmpty()) {
            body.put("reason", reason);
        }
        body.set("details", details);
        return body.put("code", code);
    }

    private static ObjectNode details(ResourceType type, String name) {
        ObjectNode details = Json.object().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }
}

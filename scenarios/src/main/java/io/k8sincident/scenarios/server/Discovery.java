package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.List;

/** What the cluster says about itself: version, groups, resources. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    /** Reviews are answered at once and never stored, so they are no resources of the catalogue. */
    private static final List<String> REVIEW_GROUPS = List.of("authorization.k8s.io");

    private Discovery() {}

    static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "34")
                .put("gitVersion", "v1.34.4+practice")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "linux/amd64");
    }

    static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    static ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        Catalog.groups().forEach(group -> groups.add(group(group)));
        REVIEW_GROUPS.forEach(group -> groups.add(group(group)));
        return list;
    }

    static ObjectNode namedGroup(String name) {
        if (!Catalog.groups().contains(name) && !REVIEW_GROUPS.contains(name)) {
            throw StatusException.noSuchResource();
        }
        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        group.setAll(group(name));
        return group;
    }

    static ObjectNode resources(String group, String version) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        var resources = list.putArray("resources");
        if (REVIEW_GROUPS.contains(group)) {
            for (String kind : AccessReviews.KINDS) {
                ObjectNode review = resources.addObject();
                review.put("name", kind.toLowerCase(java.util.Locale.ROOT) + "s");
                review.put("singularName", kind.toLowerCase(java.util.Locale.ROOT));
                review.put("namespaced", false)
                        .put("kind", kind)
                        .putArray("verbs")
                        .add("create");
            }
            return list;
        }
        List<ResourceType> types = Catalog.all().stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .toList();
        if (types.isEmpty()) {
            throw StatusException.noSuchResource();
        }
        for (ResourceType type : types) {
            resource(resources.addObject(), type, type.plural(), type.kind(), VERBS);
            for (String subresource : type.subresources().stream().sorted().toList()) {
                subresource(resources.addObject(), type, subresource);
            }
        }
        return list;
    }

    private static void subresource(ObjectNode entry, ResourceType type, String subresource) {
        String name = type.plural() + "/" + subresource;
        switch (subresource) {
            case "scale" -> {
                resource(entry, type, name, "Scale", List.of("get", "patch", "update"));
                entry.put("group", "autoscaling").put("version", "v1");
            }
            case "eviction" -> {
                resource(entry, type, name, "Eviction", List.of("create"));
                entry.put("group", "policy").put("version", "v1");
            }
            case "log" -> resource(entry, type, name, type.kind(), List.of("get"));
            default -> resource(entry, type, name, type.kind(), List.of("get", "patch", "update"));
        }
    }

    private static void resource(ObjectNode entry, ResourceType type, String name, String kind, List<String> verbs) {
        entry.put("name", name)
                .put("singularName", name.contains("/") ? "" : type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", kind);
        var list = entry.putArray("verbs");
        verbs.forEach(list::add);
        if (!name.contains("/") && !type.shortNames().isEmpty()) {
            var shortNames = entry.putArray("shortNames");
            type.shortNames().forEach(shortNames::add);
        }
        if (List.of("pods", "services", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs")
                .contains(name)) {
            entry.putArray("categories").add("all");
        }
    }

    private static ObjectNode group(String name) {
        String version = name.equals("autoscaling") ? "v2" : "v1";
        ObjectNode group = Json.object().put("name", name);
        ObjectNode only =
                Json.object().put("groupVersion", name + "/" + version).put("version", version);
        group.putArray("versions").add(only);
        group.set("preferredVersion", only);
        return group;
    }
}

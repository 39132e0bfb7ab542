package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;

/**
 * One fact read from a snapshot, before it has a number.
 *
 * @param where the object and the path, event or log that it was read from
 * @param summary the fact in words; may hold anything that a cluster says, so it is escaped when it is shown
 * @param content what was read at that place, whose digest identifies it
 */
public record Fact(String where, String summary, String content) {

    /** The value of a field of an object. */
    public static Fact field(Resource object, String path, String summary) {
        Fields value = object.fields().child(path.split("\\."));
        return new Fact(object.kindName() + " " + path, summary, value.toString());
    }

    /** That this object was looked for among those that were read, and is not there. */
    public static Fact absent(String kind, String namespace, String name) {
        String object = kind + "/" + name;
        return new Fact(object, "there is no " + object + " in " + namespace, "absent");
    }
}

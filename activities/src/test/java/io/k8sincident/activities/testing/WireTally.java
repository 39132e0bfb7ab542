package io.k8sincident.activities.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The writes that were carried out, and the approvals that were accepted, in the test that runs now. Thread-safe. */
final class WireTally {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "/metadata/annotations/k8sincident.io~1plan";
    private static final List<Write> WRITES = new ArrayList<>();
    private static final Set<String> APPROVED = new HashSet<>();
    private static boolean watched;

    private WireTally() {}

    /** The mark is the plan's digest and the number of the action. */
    private record Write(String object, String mark) {
        String plan() {
            return mark.substring(0, Math.max(0, mark.indexOf('/')));
        }
    }

    static synchronized void clear() {
        WRITES.clear();
        APPROVED.clear();
        watched = false;
    }

    /** From now on writes are counted, since there is an API in front of which they can be. */
    static synchronized void watch() {
        watched = true;
    }

    static synchronized boolean watched() {
        return watched;
    }

    static synchronized void applied(String object, String patch) {
        try {
            WRITES.add(new Write(object, JSON.readTree(patch).at(MARK).asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized void approved(String plan) {
        APPROVED.add(plan);
    }

    static synchronized int applied() {
        return WRITES.size();
    }

    static synchronized int duplicates() {
        return WRITES.size() - new HashSet<>(WRITES).size();
    }

    static synchronized long unapproved() {
        return WRITES.stream().filter(write -> !APPROVED.contains(write.plan())).count();
    }
}

package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;

/**
 * How many pods a Deployment's rolling update may have and must keep.
 *
 * @param replicas wanted pods
 * @param maxSurge pods above them
 * @param maxUnavailable pods below them
 */
record Rollout(int replicas, int maxSurge, int maxUnavailable) {
    private static final int PERCENT = 100;

    static Rollout of(ObjectNode deployment) {
        int replicas = Json.at(deployment, "spec", "replicas").asInt(1);
        JsonNode rolling = Json.at(deployment, "spec", "strategy", "rollingUpdate");
        int surge = amount(rolling.path("maxSurge"), replicas, true);
        int unavailable = amount(rolling.path("maxUnavailable"), replicas, false);
        // Both zero would never move; the real controller then allows one pod to be missing.
        return new Rollout(replicas, surge, surge == 0 && unavailable == 0 ? 1 : Math.min(unavailable, replicas));
    }

    int mostPods() {
        return replicas + maxSurge;
    }

    int leastAvailable() {
        return replicas - maxUnavailable;
    }

    private static int amount(JsonNode value, int replicas, boolean roundUp) {
        String text = value.asText("0");
        if (!text.endsWith("%")) {
            return Math.max(0, value.asInt(0));
        }
        long share = Long.parseLong(text.substring(0, text.length() - 1)) * replicas;
        return (int) (roundUp ? (share + PERCENT - 1) / PERCENT : share / PERCENT);
    }
}

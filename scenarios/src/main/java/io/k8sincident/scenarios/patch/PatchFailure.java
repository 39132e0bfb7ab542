package io.k8sincident.scenarios.patch;

import io.k8sincident.scenarios.status.StatusException;

/** How the API server words patches that it cannot apply. */
final class PatchFailure {
    private PatchFailure() {}

    /** 422: a test that does not hold, or a path that is not there. The API server does not say which. */
    static StatusException notApplicable() {
        return StatusException.of(422, "Invalid", "the server rejected our request due to an error in our request");
    }

    /** 400: the body is no patch of its kind. */
    static StatusException malformed(String why) {
        return StatusException.badRequest("error decoding patch: " + why);
    }
}

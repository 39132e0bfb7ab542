package io.k8sincident.activities.approval;

import io.k8sincident.workflows.model.Ruling.Reason;

/** Why a decision does not count. */
record Refusal(Reason reason, String message) {}

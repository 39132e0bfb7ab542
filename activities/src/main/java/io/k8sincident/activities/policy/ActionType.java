package io.k8sincident.activities.policy;

import io.k8sincident.workflows.model.Action;

/** The actions that a policy can allow, by the name that it uses for them. */
enum ActionType {
    RollBack,
    RestartRollout,
    SetCommand,
    SetImage,
    EvictPod;

    static ActionType of(Action action) {
        return valueOf(action.getClass().getSimpleName());
    }
}

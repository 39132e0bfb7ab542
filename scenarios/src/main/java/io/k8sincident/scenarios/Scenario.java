package io.k8sincident.scenarios;

import java.util.Optional;

/**
 * An incident to practise on, in namespace {@code demo}.
 *
 * @param name the folder's name
 * @param summary one sentence
 * @param cause id of the root cause, {@code none} where nothing is wrong
 * @param workload kind and name of what breaks, as in {@code Deployment/crashy}
 * @param culprit the field or object at fault; empty where nothing is wrong
 * @param symptom the reason that Kubernetes shows; empty where nothing is wrong
 * @param outcome how an incident about it should end
 * @param manifest YAML of the healthy state
 * @param broken YAML of the change that breaks it; empty where the manifest is broken from the start
 * @param readme what happens and how to apply it by hand, in Markdown
 */
public record Scenario(
        String name,
        String summary,
        String cause,
        String workload,
        String culprit,
        String symptom,
        String outcome,
        String manifest,
        Optional<String> broken,
        String readme) {}

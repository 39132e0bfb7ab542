package io.k8sincident.scenarios;

import java.util.Optional;

/**
 * An incident to practise on, in namespace {@code demo}.
 *
 * @param name the folder's name
 * @param summary what it is about, in one line
 * @param family what it is listed under: {@code crash}, {@code image}, {@code storage}, …
 * @param simulated whether the practice cluster can play it; false where it needs a real cluster
 * @param cause id of the root cause, {@code none} where nothing is wrong
 * @param workload kind and name of what breaks, as in {@code Deployment/crashy}
 * @param culprit the object or field at fault; empty where nothing is wrong
 * @param symptom the reason that Kubernetes shows; empty where it shows none
 * @param manifest YAML of the healthy state
 * @param broken YAML of the change that breaks it; empty where the manifest is broken from the start
 * @param readme what happens and how to apply it by hand, in Markdown
 */
public record Scenario(
        String name,
        String summary,
        String family,
        boolean simulated,
        String cause,
        String workload,
        Optional<ExpectedCulprit> culprit,
        String symptom,
        String manifest,
        Optional<String> broken,
        String readme) {}

package io.k8sincident.activities.remediation;

import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.diagnosis.RuleDiagnostician;
import io.k8sincident.activities.diagnosis.rules.Rules;
import io.k8sincident.activities.remediation.runbook.Runbooks;

/** The diagnosticians that there are. */
public final class Diagnosticians {
    private Diagnosticians() {}

    /** All rules and all runbooks: diagnoses come with what may be done about them. */
    public static Diagnostician standard() {
        return new RuleDiagnostician(Rules.all(), Runbooks.standard());
    }
}

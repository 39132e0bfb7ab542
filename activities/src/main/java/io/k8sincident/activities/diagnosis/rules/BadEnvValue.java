package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Optional;

/** The application refuses the value of an environment variable, by its name, and the pod's spec sets that variable. */
final class BadEnvValue extends ComplaintRule {
    private static final Pattern REFUSES = Pattern.compile("(?i)\\b(invalid|pars(e|ing)|malformed|expected|not an? "
            + "(valid )?(number|integer|int|bool|boolean|url|duration)|must be|must match|unsupported|bad value"
            + "|illegal|cannot convert|could not convert|out of range|not valid)\\b");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (complaint.said(REFUSES).isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = complaint.container();
        return container.spec().list("env").stream()
                .filter(variable -> named(complaint.words().error(), variable.text("name")))
                .findFirst()
                .map(variable -> draft(complaint, container, variable));
    }

    private static Finding.Draft draft(Complaint complaint, ContainerView container, Fields variable) {
        String name = variable.text("name");
        return Finding.of("bad-env-value", ends(complaint))
                .culprit(Culprits.field(complaint.workload(), container, "env[" + name + "]", null))
                .claim("the application refuses the value of " + name, complaint.fact())
                .claim("the pod's spec sets it", container.specFact("env", "sets " + name));
    }

    private static boolean named(String line, String name) {
        if (name.length() < 3) {
            return false;
        }
        for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean whole =
                    (at == 0 || !word(line.charAt(at - 1))) && (end == line.length() || !word(line.charAt(end)));
            if (whole) {
                return true;
            }
        }
        return false;
    }

    private static boolean word(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}

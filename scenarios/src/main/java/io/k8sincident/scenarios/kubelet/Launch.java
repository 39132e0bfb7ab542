package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Quantity;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.shell.Interpreter;
import io.k8sincident.scenarios.shell.Programs;
import io.k8sincident.scenarios.shell.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a container's process, or says why the runtime cannot. */
final class Launch {
    private static final String RUNTIME = "failed to create containerd task: failed to create shim task: OCI runtime"
            + " create failed: runc create failed: unable to start container process: ";

    /** The runtime's refusal. */
    static final class StartError extends Exception {
        private static final long serialVersionUID = 1;

        StartError(String message) {
            super(message, null, false, false);
        }
    }

    private Launch() {}

    static Timeline start(ObjectNode container, Image image, Map<String, String> environment) throws StartError {
        List<String> argv = new ArrayList<>(Json.texts(container.path("command")));
        if (argv.isEmpty()) {
            argv.addAll(image.entrypoint());
        }
        argv.addAll(Json.texts(container.path("args")));
        argv.replaceAll(word -> substituted(word, environment));
        String program = argv.get(0);
        if (!Programs.exists(program, image.programs())) {
            throw new StartError(RUNTIME + "exec: \"" + program + "\": "
                    + (program.contains("/")
                            ? "stat " + program + ": no such file or directory"
                            : "executable file not found in $PATH")
                    + ": unknown");
        }
        long limit = Quantity.units(Json.text(container, "resources", "limits", "memory"));
        return Interpreter.run(argv, environment, image.programs(), limit);
    }

    /** {@code $(NAME)} in commands and arguments stands for a variable's value. */
    private static String substituted(String word, Map<String, String> environment) {
        String result = word;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            result = result.replace("$(" + variable.getKey() + ")", variable.getValue());
        }
        return result;
    }
}

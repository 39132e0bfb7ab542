package io.k8sincident.activities.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes actions of the values that a human gave; a value that does not fit is refused with the way to write it. */
final class HumanValues {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    /** Registry, path, tag and digest, as the distribution specification's reference grammar allows their characters. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,510}");

    private static final int MOST_ARGUMENTS = 100;

    private HumanValues() {}

    /** @throws NoSafeActionException if a value cannot be used */
    static List<Action> actions(Target target, List<HumanValue> values) {
        List<Action> actions = new ArrayList<>();
        Set<String> given = new LinkedHashSet<>();
        for (HumanValue value : values) {
            String name = value.container() + "." + value.field();
            if (!CONTAINER.matcher(value.container()).matches()) {
                throw new NoSafeActionException("'" + value.container().replaceAll("[^ -~]", "?")
                        + "' is no name of a container; write --set CONTAINER.FIELD=VALUE");
            }
            if (!given.add(name)) {
                throw new NoSafeActionException(name + " is given twice; give it once");
            }
            actions.add(action(target, value));
        }
        return actions;
    }

    private static Action action(Target target, HumanValue value) {
        return switch (value.field()) {
            case "command" -> new Action.SetCommand(target, value.container(), command(value));
            case "image" -> new Action.SetImage(target, value.container(), image(value));
            default ->
                throw new NoSafeActionException(
                        value.container() + "." + value.field().replaceAll("[^ -~]", "?")
                                + " cannot be set; what can be set is CONTAINER.command and CONTAINER.image");
        };
    }

    private static List<String> command(HumanValue value) {
        List<String> command = new ArrayList<>();
        try {
            JsonNode list = JSON.readTree(value.value());
            boolean strings = list.isArray() && !list.isEmpty() && list.size() <= MOST_ARGUMENTS;
            for (JsonNode element : list) {
                strings &= element.isTextual() && !element.textValue().contains("\0");
                command.add(element.asText());
            }
            if (strings && !command.get(0).isBlank()) {
                return command;
            }
        } catch (JsonProcessingException e) {
            // Answered below like any other value that is no list.
        }
        throw new NoSafeActionException(value.container() + ".command must be a JSON list of 1 to " + MOST_ARGUMENTS
                + " texts; write --set " + value.container() + ".command='[\"/bin/app\",\"--port=8080\"]'");
    }

    private static String image(HumanValue value) {
        if (!IMAGE.matcher(value.value()).matches()) {
            throw new NoSafeActionException(value.container() + ".image is no reference of an image; write --set "
                    + value.container() + ".image=registry.example/app:1.2.3");
        }
        return value.value();
    }
}

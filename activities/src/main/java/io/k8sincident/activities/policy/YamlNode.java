package io.k8sincident.activities.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML node that knows where it stands, and whose every mistake is reported with file and line. */
final class YamlNode {
    private static final int LARGEST = 256 * 1024;
    private static final int LONGEST_LABEL = 200;

    private final String file;
    private final String path;
    private final Node node;

    private YamlNode(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /** The one document of a file. */
    static YamlNode parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST)
                .build();
        try {
            List<Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
            if (documents.size() != 1) {
                throw new PolicyException(
                        file + ":1: holds " + documents.size()
                                + " YAML documents; a policy is exactly one, such as the default that 'incident policy show' shows");
            }
            return new YamlNode(file, "", documents.get(0));
        } catch (MarkedYamlEngineException e) {
            throw new PolicyException(file + ":"
                    + e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1) + ": is no YAML: " + e.getProblem()
                    + "; correct the line");
        } catch (StackOverflowError e) {
            throw new PolicyException(file + ":1: is nested too deeply; a policy has three levels");
        } catch (YamlEngineException e) {
            throw new PolicyException(file + ":1: is no YAML: " + e.getMessage());
        }
    }

    /** {@code policy.yaml:12}. */
    String place() {
        return file + ":" + (node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    PolicyException error(String what) {
        return new PolicyException(place() + ": " + (path.isEmpty() ? "the policy" : path) + " " + what);
    }

    /** An error in this line of a text, the first being 1; the lines of a block begin below its indicator. */
    PolicyException errorAt(int lineOfText, String what) {
        boolean block = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + lineOfText + (block ? 1 : 0);
        return new PolicyException(file + ":" + line + ": " + path + " " + what);
    }

    /** The fields of a mapping that holds at least one, and no others than these. */
    Map<String, YamlNode> fields(Set<String> allowed) {
        return entries(allowed);
    }

    /** The entries of a mapping that holds at least one, under whatever keys. */
    Map<String, YamlNode> entries() {
        return entries(null);
    }

    /** One of the {@link #fields} of this mapping, which must be there. */
    YamlNode required(Map<String, YamlNode> fields, String name) {
        YamlNode field = fields.get(name);
        if (field == null) {
            throw error("lacks the key '" + name + "'; add it");
        }
        return field;
    }

    private Map<String, YamlNode> entries(@Nullable Set<String> allowed) {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : tuples()) {
            YamlNode key = new YamlNode(file, path.isEmpty() ? "a key" : "a key of " + path, tuple.getKeyNode());
            String name = key.text();
            if (allowed != null && !allowed.contains(name)) {
                throw new PolicyException(key.place() + ": unknown key '" + name + "'; allowed here: "
                        + String.join(", ", allowed.stream().sorted().toList()));
            }
            YamlNode value = new YamlNode(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode());
            if (fields.put(name, value) != null) {
                throw new PolicyException(key.place() + ": duplicate key '" + name + "'; remove one of the two");
            }
        }
        return fields;
    }

    private List<NodeTuple> tuples() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("must be a mapping of keys and values");
        }
        if (mapping.getValue().isEmpty()) {
            throw error("is empty; empty never means everything: write what is allowed, or remove the key");
        }
        return mapping.getValue();
    }

    /** The elements of a list with at least one. */
    List<YamlNode> elements() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("must be a list, such as [demo]");
        }
        if (sequence.getValue().isEmpty()) {
            throw error("is an empty list; empty never means everything: name what is meant, or remove the key");
        }
        List<YamlNode> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            elements.add(new YamlNode(file, path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    String text() {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
            throw error("must be text");
        }
        return scalar.getValue();
    }

    /** A short text that is shown to people. */
    String label() {
        String text = text();
        if (text.isBlank() || text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
            throw error("must be one line of 1 to " + LONGEST_LABEL + " characters");
        }
        return text;
    }

    /** The name of one of these namespaces, which the policy allows: any other would be a slip that changes nothing. */
    String namespaceAmong(Set<String> namespaces) {
        requireNamespace(text(), namespaces);
        return text();
    }

    void requireNamespace(String name, Set<String> namespaces) {
        if (!namespaces.contains(name)) {
            throw error(
                    "is about namespace '" + name + "', which namespaces.allow does not name, so it would do nothing");
        }
    }

    boolean flag() {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.BOOL)) {
            throw error("must be true or false");
        }
        return Boolean.parseBoolean(scalar.getValue().toLowerCase(Locale.ROOT));
    }

    int number() {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT)) {
            throw error("must be a whole number");
        }
        try {
            return Integer.parseInt(scalar.getValue());
        } catch (NumberFormatException e) {
            throw error("must be a whole number");
        }
    }

    /** A whole number within these bounds. */
    int between(int least, int most) {
        int number = number();
        if (number < least || number > most) {
            throw error("is " + number + "; it must lie between " + least + " and " + most);
        }
        return number;
    }

    /** One of these, by the names that policies give them. */
    <E> E keyOf(E[] values, Function<E, String> key) {
        String text = text();
        return Arrays.stream(values)
                .filter(value -> key.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> error("is '" + text + "'; it must be one of "
                        + Arrays.stream(values).map(key).toList()));
    }

    /** One of the constants of an enum. */
    <E extends Enum<E>> E constant(Class<E> type) {
        String text = text();
        return Optional.of(text)
                .flatMap(name -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(name))
                        .findFirst())
                .orElseThrow(() ->
                        error("is '" + text + "'; it must be one of " + Arrays.toString(type.getEnumConstants())));
    }
}

package io.k8sincident.scenarios.shell;

import java.util.ArrayList;
import java.util.List;

/** The shell's {@code [ … ]}. */
final class Test {
    private Test() {}

    static boolean holds(World world, List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        words.remove("]");
        boolean negated = !words.isEmpty() && words.get(0).equals("!");
        return negated ? !plain(world, words.subList(1, words.size())) : plain(world, words);
    }

    private static boolean plain(World world, List<String> words) {
        if (words.size() == 1) {
            return !words.get(0).isEmpty();
        }
        if (words.size() == 2) {
            String value = words.get(1);
            return switch (words.get(0)) {
                case "-z" -> value.isEmpty();
                case "-n" -> !value.isEmpty();
                case "-e", "-f", "-r", "-s" -> world.read(value).isPresent();
                default -> false;
            };
        }
        return words.size() == 3 && compare(words.get(0), words.get(1), words.get(2));
    }

    private static boolean compare(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "-eq" -> number(left) == number(right);
            case "-ne" -> number(left) != number(right);
            case "-lt" -> number(left) < number(right);
            case "-le" -> number(left) <= number(right);
            case "-gt" -> number(left) > number(right);
            case "-ge" -> number(left) >= number(right);
            default -> false;
        };
    }

    private static long number(String text) {
        return text.matches("-?[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }
}

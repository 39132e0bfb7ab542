package io.k8sincident.scenarios.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Resolves quotes and variables in raw words. */
final class Words {
    private final Function<String, String> variables;
    private final List<String> arguments;

    /** {@code variables} gives a variable's value, empty where it is unset. */
    Words(Function<String, String> variables, List<String> arguments) {
        this.variables = variables;
        this.arguments = List.copyOf(arguments);
    }

    List<String> expand(List<String> raw) {
        List<String> result = new ArrayList<>();
        for (String word : raw) {
            if (word.equals("\"$@\"") || word.equals("$@") || word.equals("$*")) {
                result.addAll(arguments);
                continue;
            }
            String text = expand(word);
            boolean quoted = word.indexOf('"') >= 0 || word.indexOf('\'') >= 0;
            if (!quoted && word.indexOf('$') >= 0) {
                for (String part : text.strip().split("\\s+", -1)) {
                    if (!part.isEmpty()) {
                        result.add(part);
                    }
                }
            } else {
                result.add(text);
            }
        }
        return result;
    }

    String expand(String word) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        boolean inDouble = false;
        while (at < word.length()) {
            char c = word.charAt(at);
            if (c == '\'' && !inDouble) {
                int end = word.indexOf('\'', at + 1);
                end = end < 0 ? word.length() : end;
                text.append(word, at + 1, end);
                at = end + 1;
            } else if (c == '"') {
                inDouble = !inDouble;
                at++;
            } else if (c == '\\' && at + 1 < word.length()) {
                char next = word.charAt(at + 1);
                if (inDouble && "\"\\$`\n".indexOf(next) < 0) {
                    text.append(c);
                }
                text.append(next);
                at += 2;
            } else if (c == '$') {
                at = variable(word, at + 1, text);
            } else {
                text.append(c);
                at++;
            }
        }
        return text.toString();
    }

    /** Appends the value of the variable that begins at {@code at}; returns where the word goes on. */
    private int variable(String word, int at, StringBuilder text) {
        if (at >= word.length()) {
            text.append('$');
            return at;
        }
        char c = word.charAt(at);
        if (c == '{') {
            int end = word.indexOf('}', at);
            end = end < 0 ? word.length() : end;
            braced(word.substring(at + 1, end), text);
            return end + 1;
        }
        if (c == '(') {
            int end = word.lastIndexOf(')');
            return end < at ? word.length() : end + 1; // substitutions give nothing
        }
        if (Character.isDigit(c) || "#?@*$".indexOf(c) >= 0) {
            text.append(value(String.valueOf(c)));
            return at + 1;
        }
        int end = at;
        while (end < word.length() && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '_')) {
            end++;
        }
        text.append(end == at ? "$" : value(word.substring(at, end)));
        return end;
    }

    private void braced(String inside, StringBuilder text) {
        int colon = inside.indexOf(":-");
        String name = colon < 0 ? inside : inside.substring(0, colon);
        String value = value(name);
        text.append(value.isEmpty() && colon >= 0 ? expand(inside.substring(colon + 2)) : value);
    }

    private String value(String name) {
        if (name.equals("#")) {
            return Integer.toString(arguments.size());
        }
        if (name.equals("@") || name.equals("*")) {
            return String.join(" ", arguments);
        }
        if (name.matches("[1-9]")) {
            int index = Integer.parseInt(name) - 1;
            return index < arguments.size() ? arguments.get(index) : "";
        }
        return variables.apply(name);
    }
}

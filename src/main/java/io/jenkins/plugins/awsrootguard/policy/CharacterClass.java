package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The character types that a password policy of IAM can require. */
public enum CharacterClass {
    UPPERCASE("uppercase letters"),
    LOWERCASE("lowercase letters"),
    NUMBERS("numbers"),
    SYMBOLS("symbols");

    private final String words;

    CharacterClass(String words) {
        this.words = words;
    }

    /** The types that a password policy requires. */
    public static Set<CharacterClass> of(PasswordPolicy p) {
        Set<CharacterClass> required = EnumSet.noneOf(CharacterClass.class);
        boolean[] has = {p.requireUppercase(), p.requireLowercase(), p.requireNumbers(), p.requireSymbols()};
        for (CharacterClass c : values()) {
            if (has[c.ordinal()]) {
                required.add(c);
            }
        }
        return required;
    }

    /** For example "uppercase letters, numbers and symbols". */
    public static String words(Collection<CharacterClass> classes) {
        List<String> words = classes.stream().sorted().map(c -> c.words).toList();
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}

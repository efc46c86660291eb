package io.jenkins.plugins.awsrootguard.policy;

import com.fasterxml.jackson.annotation.JsonMerge;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is required of accounts: which controls are enabled and how severe they are, thresholds, accepted administrators, and
 * exceptions. Does not change once it is loaded; thread-safe.
 */
public final class Policy {

    /** The preset {@value PolicyLoader#DEFAULT_PRESET}. */
    public static final Policy DEFAULT = PolicyLoader.load();

    /** Instead of IAM users: whether a role of Identity Center, or a role of that name, may administer an account. */
    static final String IAM_USER = "IAM_USER";

    static final String IDENTITY_CENTER = "IDENTITY_CENTER";

    private String preset;

    @JsonProperty
    @JsonMerge
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    private final Map<String, Requirement> controls = new LinkedHashMap<>();

    @JsonProperty
    @JsonMerge
    private Thresholds thresholds = new Thresholds();

    @JsonProperty
    @JsonMerge
    private Administrators administrators = new Administrators();

    @JsonProperty
    @JsonMerge
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    private final List<AcceptedRisk> exceptions = new ArrayList<>();

    /** Where it came from, and the digest of its texts: for reports. */
    Source source;

    Policy() {}

    /** The same policy with controls disabled. */
    public Policy without(Set<String> controlIds) {
        if (controlIds.isEmpty()) {
            return this;
        }
        Policy less = new Policy();
        less.preset = preset;
        less.thresholds = thresholds;
        less.administrators = administrators;
        less.exceptions.addAll(exceptions);
        less.source = source;
        controls.forEach((id, r) -> less.controls.put(id, controlIds.contains(id) ? r.disabled() : r));
        return less;
    }

    /** The ids of all controls, in the order in which they are judged. */
    public Set<String> controlIds() {
        return controls.keySet();
    }

    /** @throws IllegalArgumentException when there is no such control */
    public Requirement requirement(String control) {
        return Optional.ofNullable(controls.get(control))
                .orElseThrow(() -> new IllegalArgumentException("no control " + control));
    }

    /** Whether a control is enabled, so that failures are reported and remediated. */
    public boolean isEnforced(String control) {
        return requirement(control).enabled();
    }

    /** Whether a control that was not checked counts as one that could not be read. */
    public boolean isRequired(String control) {
        return requirement(control).required();
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    public Administrators administrators() {
        return administrators;
    }

    public List<AcceptedRisk> exceptions() {
        return List.copyOf(exceptions);
    }

    /** The exception for a control in an account; of several, the one that is in force longest. */
    public Optional<AcceptedRisk> exception(String control, String accountId, Set<String> parents) {
        return exceptions.stream()
                .filter(e -> e.isAbout(control, accountId, parents))
                .max(Comparator.comparing(AcceptedRisk::expires));
    }

    String preset() {
        return preset;
    }

    @JsonSetter
    private void setPreset(String name) {
        if (!PolicyLoader.PRESETS.contains(name)) {
            throw new InvalidInputException(
                    "preset", "'" + name + "' is unknown. Use " + String.join(", ", PolicyLoader.PRESETS) + ".");
        }
        preset = name;
    }

    public Source source() {
        return source;
    }

    /**
     * Which policy an account was judged by.
     *
     * @param name for people, for example {@code cis-7.0.0 + root-guard.yml}
     * @param sha256 of the texts, in order: two runs with the same digest were judged by the same policy
     */
    public record Source(String name, String sha256) {

        /** Returns the name and the first 12 digits of the digest. */
        public String displayName() {
            return Printable.text(name, 120) + " (sha256 " + sha256.substring(0, 12) + ")";
        }
    }

    /** What the policy says of one control. */
    public static final class Requirement {

        @JsonProperty
        private boolean enabled = true;

        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        private Severity severity;

        @JsonProperty
        private boolean required;

        Requirement() {}

        Requirement disabled() {
            Requirement off = new Requirement();
            off.enabled = false;
            off.severity = severity;
            off.required = required;
            return off;
        }

        /** A control that is not enabled is not judged and appears in no report. */
        public boolean enabled() {
            return enabled;
        }

        public Severity severity() {
            return severity;
        }

        /** Whether NOT_CHECKED counts like UNKNOWN in a gate: the access of the run has to be able to read the control. */
        public boolean required() {
            return required;
        }
    }

    /** Who may administer an account instead of root. */
    public static final class Administrators {

        private static final Pattern IDENTITY_CENTER_ROLE = Pattern.compile("AWSReservedSSO_.+_[0-9a-f]{16}");

        private List<String> accept = List.of();

        Administrators() {}

        public boolean acceptIamUser() {
            return accept.contains(IAM_USER);
        }

        public boolean acceptIdentityCenter() {
            return accept.contains(IDENTITY_CENTER);
        }

        /**
         * Whether a role of this name can administer an account instead of root. Roles of Identity Center are recognized by the
         * name that AWS gives them: AWSReservedSSO_, the permission set and 16 hexadecimal digits.
         */
        private boolean acceptRole(String roleName) {
            return acceptRoles().contains(roleName)
                    || acceptIdentityCenter()
                            && IDENTITY_CENTER_ROLE.matcher(roleName).matches();
        }

        /** Whether a user or role with AdministratorAccess may administer an account instead of root. */
        public boolean accepts(Administrator administrator) {
            return administrator.isRole() ? acceptRole(administrator.userName()) : acceptIamUser();
        }

        List<String> accept() {
            return accept;
        }

        /** Names of roles. */
        public List<String> acceptRoles() {
            return accept.stream()
                    .filter(a -> !a.equals(IAM_USER) && !a.equals(IDENTITY_CENTER))
                    .toList();
        }

        @JsonSetter
        private void setAccept(List<String> names) {
            if (names == null || names.isEmpty()) {
                throw new InvalidInputException(
                        "accept", "is empty. Enter IAM_USER, IDENTITY_CENTER or names of roles.");
            }
            for (String name : names) {
                if (name == null || !name.matches("[\\w+=,.@-]{1,64}")) {
                    throw new InvalidInputException(
                            "accept",
                            "'" + name
                                    + "' is not a role name. Enter IAM_USER, IDENTITY_CENTER or the name of a role.");
                }
            }
            accept = List.copyOf(names);
        }
    }
}

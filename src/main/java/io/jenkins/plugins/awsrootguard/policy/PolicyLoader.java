package io.jenkins.plugins.awsrootguard.policy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Reads policies. A later text is laid over an earlier one: it replaces the values that it has, and adds its exceptions.
 */
public final class PolicyLoader {

    /** What applies where a policy says nothing. */
    public static final String DEFAULT_PRESET = "mission";

    public static final List<String> PRESETS = List.of("cis-7.0.0", DEFAULT_PRESET, "pci-dss-4.0.1", "security-hub");

    private static final int LONGEST = 1_000_000;

    /**
     * A policy as somebody wrote it.
     *
     * @param name of the file or the place, for messages
     */
    public record Text(String name, String yaml) {}

    private PolicyLoader() {}

    /**
     * The policy of the presets and the texts, in order. The last text that names a preset decides which one is used.
     *
     * @throws InvalidInputException with name, line, field and allowed values when a text is no policy
     */
    public static Policy load(Text... texts) {
        List<Text> given = Arrays.stream(texts)
                .filter(t -> t != null && t.yaml() != null && !t.yaml().isBlank())
                .toList();
        Policy probe = new Policy();
        given.forEach(t -> read(probe, t, Set.of()));
        String preset = Objects.requireNonNullElse(probe.preset(), DEFAULT_PRESET);
        Policy policy = new Policy();
        read(policy, preset(DEFAULT_PRESET), Set.of());
        Set<String> ids = Set.copyOf(policy.controlIds());
        if (!preset.equals(DEFAULT_PRESET)) {
            read(policy, preset(preset), ids);
        }
        given.forEach(t -> read(policy, t, ids));
        policy.exceptions().stream()
                .map(AcceptedRisk::control)
                .filter(c -> !ids.contains(c))
                .findFirst()
                .ifPresent(c -> {
                    throw new InvalidInputException(
                            "policy",
                            "exceptions: '" + c + "' is no control. Use " + String.join(", ", new TreeSet<>(ids))
                                    + ".");
                });
        String name = given.isEmpty()
                ? "preset " + preset
                : given.stream().map(Text::name).collect(Collectors.joining(" + "));
        String all = preset(DEFAULT_PRESET).yaml()
                + preset(preset).yaml()
                + given.stream().map(Text::yaml).collect(Collectors.joining("\0", "\0", ""));
        policy.source = new Policy.Source(name, DigestUtils.sha256Hex(all));
        return policy;
    }

    private static Text preset(String name) {
        String resource = name + ".yml";
        try (InputStream in = PolicyLoader.class.getResourceAsStream(resource)) {
            return new Text(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Policy policy, Text text, Set<String> controlIds) {
        if (text.yaml().length() > LONGEST) {
            throw new InvalidInputException("policy", text.name() + " is longer than " + LONGEST + " characters.");
        }
        try {
            YAMLMapper mapper = mapper(controlIds);
            mapper.readerForUpdating(policy).readValue(text.yaml());
            checkFields(text.name(), mapper.readTree(text.yaml()));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("policy", PolicyErrors.message(text.name(), e));
        }
    }

    /** Jackson takes a number for an empty policy, and keeps a list that is merged with null. */
    private static void checkFields(String name, JsonNode root) {
        // A text of comments has no value.
        if (!root.isObject() && !root.isMissingNode()) {
            throw new InvalidInputException("policy", name + " line 1: fields are expected");
        }
        root.properties().stream()
                .filter(f -> f.getValue().isNull())
                .findFirst()
                .ifPresent(f -> {
                    throw new InvalidInputException(
                            "policy", name + ", " + f.getKey() + ": is empty. Enter its values, or remove the line.");
                });
    }

    private static YAMLMapper mapper(Set<String> controlIds) {
        return YAMLMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addKeyDeserializer(String.class, new ControlId(controlIds)))
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                // Otherwise a number such as 20270331 is a day far in the future, and 0 is false.
                .withConfigOverride(LocalDate.class, o -> o.setFormat(JsonFormat.Value.forLeniency(false)))
                .withCoercionConfig(
                        LogicalType.Boolean, c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
                .build();
    }

    /** The only map of a policy has controls as keys. */
    private static final class ControlId extends KeyDeserializer {
        private final Set<String> known;

        ControlId(Set<String> known) {
            this.known = known;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            if (!known.isEmpty() && !known.contains(key)) {
                String problem = "'" + key + "' is no control: use " + String.join(", ", new TreeSet<>(known));
                throw JsonMappingException.from(context, problem, new InvalidInputException(problem));
            }
            return key;
        }
    }
}

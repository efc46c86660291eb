package io.jenkins.plugins.awsrootguard.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Maps and lists for Groovy that can be changed and that a paused build can save. */
final class GroovyValues {

    private GroovyValues() {}

    static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(20, all.size()));
    }

    static <T> Map<String, Object> index(Collection<T> from, Function<T, String> key, Function<T, Object> value) {
        Map<String, Object> all = new LinkedHashMap<>();
        from.forEach(t -> all.put(key.apply(t), value.apply(t)));
        return all;
    }

    static <T> List<Map<String, Object>> list(Collection<T> from, Function<T, Map<String, Object>> row) {
        return new ArrayList<>(from.stream().map(row).toList());
    }

    /** Components of records, as JSON has them. */
    static List<Map<String, Object>> rows(Collection<?> from, String names) {
        return list(from, value -> {
            ObjectNode all = Json.MAPPER.valueToTree(value);
            return index(
                    List.of(names.split(" ")), n -> n, n -> Json.MAPPER.convertValue(all.required(n), Object.class));
        });
    }
}
